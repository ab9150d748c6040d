import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import { RequestProblem } from "../api/problem.ts";
import { aWorld } from "../testing/a-world.ts";

const K = { idempotencyKey: "k" };
const asked = (input: CreateInstanceInput = {}) =>
  createInstanceSchema.parse({ type: "small", image: "linux", lifetime: "10m", ...input });

const isReused = (error: unknown) =>
  error instanceof RequestProblem &&
  error.code === "key_reused" &&
  error.problems[0]?.path === "Idempotency-Key";

test("the same request with the same key is the first instance, however it is written", async () => {
  const { commands } = await (await aWorld()).boot();
  const { instance } = await commands.create(asked({ name: "lab", tags: ["a"] }), K);
  const { name, ...rest } = asked({ tags: ["a"], lifetime: "600s", name: "lab" });
  const again = await commands.create({ ...rest, name }, K);
  assert.deepEqual([again.created, again.instance.id], [false, instance.id]);
});

test("another request with the same key is refused with the instance that the key made, and makes nothing", async () => {
  const { boot, store } = await aWorld();
  const { commands } = await boot();
  const { instance } = await commands.create(asked({ userData: "#cloud-config" }), K);
  for (const other of [{ userData: "#cloud-confiG" }, { ipv6: true }, { tags: ["a"] }, { name: "lab" }])
    await assert.rejects(commands.create(asked({ userData: "#cloud-config", ...other }), K), isReused);
  const { instances } = await store.list({ limit: 10, all: true });
  assert.deepEqual(
    instances.map(({ id }) => id),
    [instance.id],
  );
});

test("of two different requests with one key at the same time one is refused", async () => {
  const { commands } = await (await aWorld()).boot();
  const answers = await Promise.allSettled([
    commands.create(asked(), K),
    commands.create(asked({ ipv6: true }), K),
  ]);
  const refused = answers.filter((answer) => answer.status === "rejected");
  assert.equal(refused.length, 1);
  assert.ok(isReused(refused[0]!.reason));
});

test("what a request was is forgotten with its instance: any repeat is answered with what is gone", async () => {
  const { boot, clock, row } = await aWorld();
  const { commands } = await boot();
  const { instance } = await commands.create(asked(), K);
  assert.match((await row(instance.id)).requestDigest ?? "", /^[0-9a-f]{64}$/);
  await clock.advance(20 * 60_000);
  const last = await row(instance.id);
  assert.deepEqual([last.phase, last.requestDigest], ["deleted", undefined]);
  assert.equal((await commands.create(asked({ ipv6: true }), K)).instance.id, instance.id);
});

test("without a key nothing of a request is kept beside what it asks for", async () => {
  const { boot, row } = await aWorld();
  const { commands } = await boot();
  const { instance } = await commands.create(asked());
  assert.equal((await row(instance.id)).requestDigest, undefined);
});
