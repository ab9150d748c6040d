import assert from "node:assert/strict";
import { test } from "node:test";
import { ScalewayCallError } from "./call-error.ts";
import { waitUntil, waitUntilGone } from "./wait-until.ts";

function aClock() {
  let now = 0;
  return {
    now: () => now,
    monotonic: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

const gone = () =>
  new ScalewayCallError({ kind: "not_found", operation: "GET /x", explanation: "gone", status: 404 });

test("a wait looks at once, then at intervals, and returns what it was waiting for", async () => {
  const clock = aClock();
  const looks: number[] = [];
  const look = async () => (looks.push(clock.now()), looks.length === 3 ? "there" : undefined);
  assert.equal(await waitUntil(look, { clock, what: "it", everyMs: 1_000 }), "there");
  assert.deepEqual(looks, [0, 1_000, 2_000]);
});

test("a wait that begins with short rests doubles them until they are the usual ones", async () => {
  const clock = aClock();
  const looks: number[] = [];
  const look = async () => (looks.push(clock.now()), looks.length === 5 ? "there" : undefined);
  await waitUntil(look, { clock, what: "it", firstMs: 500, everyMs: 2_000 });
  assert.deepEqual(looks, [0, 500, 1_500, 3_500, 5_500]);
});

test("a wait ends at its deadline, after a last look", async () => {
  const clock = aClock();
  const looks: number[] = [];
  const look = async () => void looks.push(clock.now());
  const waiting = waitUntil(look, { clock, what: "volume 1", everyMs: 4_000, timeoutMs: 10_000 });
  await assert.rejects(waiting, /wait for volume 1: not there within 10 s/);
  assert.deepEqual(looks, [0, 4_000, 8_000, 10_000]);
});

test("a wait ends when its signal is aborted", async () => {
  const caller = new AbortController();
  const look = async () => void caller.abort(new Error("enough"));
  await assert.rejects(waitUntil(look, { clock: aClock(), what: "it", signal: caller.signal }), /enough/);
});

test("waiting until something is gone ends well when it is not found, and fails with any other failure", async () => {
  let looks = 0;
  const look = async () => {
    if ((looks += 1) === 3) throw gone();
  };
  await waitUntilGone(look, { clock: aClock(), what: "it" });
  assert.equal(looks, 3);
  const fail = () => Promise.reject(new Error("no network"));
  await assert.rejects(waitUntilGone(fail, { clock: aClock(), what: "it" }), /no network/);
});
