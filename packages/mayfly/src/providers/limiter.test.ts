import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createLimiter } from "./limiter.ts";
import type { CallClass } from "./limiter.ts";

function aLimiter() {
  const clock = createVirtualClock();
  const limiter = createLimiter({
    clock,
    random: { bytes: () => new Uint8Array(), fraction: () => 0 },
    callsPerSecond: 10,
    burst: 2,
  });
  const out: CallClass[] = [];
  const call = (of: CallClass) => void limiter.enter(of).then(() => out.push(of));
  return { clock, limiter, out, call };
}

test("a burst goes out at once and the rest at the rate", async () => {
  const { clock, out, call } = aLimiter();
  for (let i = 0; i < 12; i++) call("create");
  await clock.advance(0);
  assert.equal(out.length, 2);
  await clock.advance(500);
  assert.equal(out.length, 7);
  await clock.advance(500);
  assert.equal(out.length, 12);
});

test("while deletes wait, at least every other call is a delete", async () => {
  const { clock, out, call } = aLimiter();
  for (let i = 0; i < 20; i++) call("create");
  for (let i = 0; i < 6; i++) call("delete");
  await clock.advance(1_000);
  const since = out.slice(2);
  assert.ok(since.slice(0, 10).filter((of) => of === "delete").length >= 5, since.join(" "));
});

test("a hold stops every class for its time", async () => {
  const { clock, limiter, out, call } = aLimiter();
  limiter.hold(3_000);
  for (const kind of ["read", "create", "delete"] as const) call(kind);
  await clock.advance(2_900);
  assert.deepEqual(out, []);
  await clock.advance(1_000);
  assert.equal(out.length, 3);
});

test("who gives up waiting takes nobody's turn", async () => {
  const { clock, limiter, out, call } = aLimiter();
  call("read");
  call("read");
  const waiting = new AbortController();
  const given = assert.rejects(limiter.enter("read", waiting.signal), { message: "enough" });
  call("create");
  waiting.abort(new Error("enough"));
  await given;
  await clock.advance(100);
  assert.deepEqual(out, ["read", "read", "create"]);
  assert.deepEqual(limiter.counts(), { read: 2, create: 1, delete: 0 });
});

test("an idle limiter sleeps", async () => {
  const { clock, call } = aLimiter();
  call("read");
  await clock.advance(10_000);
  assert.equal(clock.nextAt(), undefined);
});

test("a bucket that does not answer is asked again as long as somebody waits, and lets nothing out", async () => {
  const { clock, limiter, out, call } = aLimiter();
  let asked = 0;
  const bucket = { hold: () => undefined, mostAtOnce: 2 };
  const take = async () => {
    asked += 1;
    if (asked < 3) throw new Error("the database is away");
    return 0;
  };
  limiter.share(() => ({ ...bucket, take }));
  const waiting = new AbortController();
  const given = assert.rejects(limiter.enter("read", waiting.signal));
  call("create");
  await clock.advance(1_999);
  assert.deepEqual([asked, out], [2, []]);
  waiting.abort();
  await given;
  await clock.advance(1);
  assert.deepEqual([asked, out], [3, ["create"]]);
  await clock.advance(10_000);
  assert.deepEqual([asked, clock.nextAt()], [3, undefined]);
});
