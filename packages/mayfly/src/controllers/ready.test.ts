import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestProblem } from "../api/problem.ts";
import { ProviderError } from "../providers/error.ts";
import { aWorld } from "../testing/a-world.ts";

const MINUTE = 60_000;
const failed = JSON.stringify({ version: 1, status: "error", log: "apt: no space left\n" });
const done = JSON.stringify({ version: 1, status: "done" });

test("an instance that waits for SSH is running when a server greets, and not before", async () => {
  const { clock, cloud, boot, row, looks } = await aWorld();
  let greets = false;
  cloud.knobs.greets = () => greets;
  const { create } = await boot();
  const id = await create({ lifetime: "1h", ready: "ssh" });
  await clock.advance(90_000);
  const waiting = await row(id);
  assert.deepEqual([waiting.phase, waiting.readyAt], ["provisioning", undefined]);
  assert.equal(waiting.reason, "its machine runs; waiting for ssh");
  assert.equal(waiting.awaiting?.heard, "refused");
  greets = true;
  await clock.advance(10_000);
  const ready = await row(id);
  assert.deepEqual([ready.phase, ready.reason, ready.awaiting], ["running", undefined, undefined]);
  const { greetings } = looks;
  assert.ok(greetings < 40, `${greetings} greetings`);
  await clock.advance(10 * MINUTE);
  assert.equal(looks.greetings, greetings);
});

test("an instance that waits for cloud-init asks a dozen times in a boot of a minute and a half", async () => {
  const { clock, cloud, boot, row, looks } = await aWorld();
  cloud.knobs.report = ({ upAt }) => (clock.now() > upAt! + 90_000 ? done : undefined);
  const { create } = await boot();
  const id = await create({ lifetime: "1h", ready: "cloud-init" });
  await clock.advance(95_000);
  assert.equal((await row(id)).phase, "provisioning");
  await clock.advance(25_000);
  assert.equal((await row(id)).phase, "running");
  assert.ok(looks.reports <= 14, `${looks.reports} reads`);
});

test("an instance whose cloud-init failed is given up at once, and the end of its log stays to be read", async () => {
  const { clock, cloud, boot, row, left } = await aWorld();
  cloud.knobs.report = () => failed;
  const { create } = await boot();
  const id = await create({ lifetime: "1h", ready: "cloud-init", onExpiry: "stop", ipv6: true });
  await clock.advance(MINUTE);
  const gone = await row(id);
  assert.deepEqual([gone.phase, gone.readyAt], ["deleted", undefined]);
  assert.equal(gone.reason, "cloud-init failed: it ended with errors");
  assert.deepEqual(gone.bootLog, ["apt: no space left"]);
  assert.equal(left(), "machines 0 parts 0");
});

test("what a guest wrote is in no event", async () => {
  const { clock, cloud, boot, store } = await aWorld();
  cloud.knobs.report = () => failed;
  await (await boot()).create({ ready: "cloud-init" });
  await clock.advance(MINUTE);
  const events = await store.events({ after: 0, limit: 100 });
  assert.ok(events.some(({ kind }) => kind === "gave-up"));
  assert.doesNotMatch(JSON.stringify(events), /no space left/);
});

for (const [what, report, heard] of [
  ["never reports", undefined, "cloud-init has not reported yet"],
  ["reports garbage", "{", "what its guest reported of cloud-init cannot be read"],
] as const)
  test(`an instance whose guest ${what} is given up in time, and says what was awaited`, async () => {
    const { clock, cloud, boot, row, left } = await aWorld();
    cloud.knobs.report = () => report;
    const { create } = await boot();
    const id = await create({ lifetime: "2h", ready: "cloud-init", provisionTimeout: "20m" });
    await clock.advance(20 * MINUTE - 1_000);
    assert.equal((await row(id)).phase, "provisioning");
    await clock.advance(2 * MINUTE);
    const gone = await row(id);
    assert.equal(gone.phase, "deleted");
    assert.equal(gone.reason, `given up after 20m: cloud-init was awaited: ${heard}`);
    assert.equal(left(), "machines 0 parts 0");
  });

test("an instance whose lifetime is over while its guest is awaited is deleted, and says so", async () => {
  const { clock, cloud, boot, row, left } = await aWorld();
  cloud.knobs.greets = () => false;
  const id = await (await boot()).create({ lifetime: "2m", onExpiry: "stop", ready: "ssh" });
  await clock.advance(3 * MINUTE);
  assert.equal(
    (await row(id)).reason,
    "its lifetime is over, and it was never ready: ssh was awaited: refused",
  );
  assert.equal(left(), "machines 0 parts 0");
});

test("a machine that was ready once is not asked again when it starts again", async () => {
  const { clock, cloud, boot, row, looks } = await aWorld();
  const { create, commands } = await boot();
  const id = await create({ lifetime: "1h", ready: "ssh" });
  await clock.advance(MINUTE);
  await commands.stop(id);
  await clock.advance(MINUTE);
  const { greetings } = looks;
  cloud.knobs.greets = () => false;
  await commands.start(id);
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "running");
  assert.equal(looks.greetings, greetings);
});

test("while its guest is awaited an instance can be extended and deleted, and not stopped", async () => {
  const { clock, cloud, boot, row, left } = await aWorld();
  cloud.knobs.report = () => undefined;
  const { create, commands } = await boot();
  const id = await create({ lifetime: "5m", ready: "cloud-init", provisionTimeout: "1h" });
  await clock.advance(MINUTE);
  const { expiresAt } = await row(id);
  await commands.extend(id, { expiresAt: expiresAt + 5 * MINUTE });
  await assert.rejects(commands.stop(id), /not ready yet/);
  await clock.advance(MINUTE);
  const [machine] = cloud.exists().machines;
  assert.equal(machine?.marks?.expiresAt, expiresAt + 5 * MINUTE);
  await clock.advance(6 * MINUTE);
  assert.deepEqual([(await row(id)).phase, (await row(id)).desired], ["provisioning", "running"]);
  await commands.delete(id);
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("a machine that vanishes while its guest is awaited is noticed", async () => {
  const { clock, cloud, boot, row } = await aWorld();
  cloud.knobs.report = () => undefined;
  const id = await (await boot()).create({ lifetime: "2h", ready: "cloud-init", provisionTimeout: "1h" });
  await clock.advance(MINUTE);
  const [machine] = cloud.exists().machines;
  machine!.state = "stopped";
  await cloud.deleteMachine(machine!.id);
  await clock.advance(3 * MINUTE);
  assert.equal((await row(id)).reason, "its machine was deleted by somebody else");
});

test("a cloud that cannot be asked is asked again, and its trouble can be read meanwhile", async () => {
  const { clock, cloud, boot, row } = await aWorld();
  let broken = true;
  cloud.guestReport = async () => {
    if (broken) throw new ProviderError("unavailable", "no answer to rely on");
    return done;
  };
  const id = await (await boot()).create({ lifetime: "1h", ready: "cloud-init" });
  await clock.advance(MINUTE);
  assert.equal((await row(id)).awaiting?.heard, "no answer to rely on");
  broken = false;
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "running");
});

test("a report of warnings is ready, and says so", async () => {
  const { clock, cloud, boot, row } = await aWorld();
  cloud.knobs.report = () => JSON.stringify({ version: 1, status: "degraded", log: "W: old key" });
  const id = await (await boot()).create({ lifetime: "1h", ready: "cloud-init" });
  await clock.advance(MINUTE);
  const { phase, reason, bootLog } = await row(id);
  assert.deepEqual([phase, reason, bootLog], ["running", "cloud-init ended with warnings", ["W: old key"]]);
});

test("waiting for SSH on a machine without an address is refused at the door", async () => {
  const { create } = await (await aWorld()).boot();
  await assert.rejects(
    create({ ready: "ssh", ipv4: false }),
    (error: unknown) => error instanceof RequestProblem && error.problems[0]?.path === "ready",
  );
});
