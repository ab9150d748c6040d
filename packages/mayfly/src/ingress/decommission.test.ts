import assert from "node:assert/strict";
import { test } from "node:test";
import { swimOrder, swimWorld } from "../testing/swim-world.ts";

const [WORDS, USUAL] = ["swim:decomission:queue", "swim:decommission:queue"];

async function labs() {
  const world = swimWorld();
  const swim = await world.boot();
  await swim.start();
  for (const [WebUsername, WebLabID] of [
    ["ada", 1],
    ["ada", 2],
    ["eve", 1],
  ] as const)
    world.server.push(
      "swim:provision:queue",
      swimOrder({ WebUsername, WebLabID, ServerName: `${WebUsername}-${WebLabID}` }),
    );
  await world.clock.advance(1_000);
  const living = async () =>
    (await world.store.list({ limit: 9 })).instances
      .filter(({ desired }) => desired !== "gone")
      .map(({ name }) => name)
      .toSorted();
  return { world, swim, living };
}

test("one lab of a user is ended, then all of the user, by either spelling; again changes nothing", async () => {
  const { world, swim, living } = await labs();
  assert.deepEqual(await living(), ["ada-1", "ada-2", "eve-1"]);
  world.server.push(WORDS!, '{"WebUsername":"ada","WebLabID":2}');
  await world.clock.advance(1_000);
  assert.deepEqual(await living(), ["ada-1", "eve-1"]);
  world.server.push(USUAL!, '{"webusername":"ada","LabID":2}');
  await world.clock.advance(1_000);
  assert.deepEqual(await living(), ["ada-1", "eve-1"]);
  world.server.push(USUAL!, '{"WebUsername":"ada"}');
  await world.clock.advance(1_000);
  assert.deepEqual(await living(), ["eve-1"]);
  await swim.stop();
});

test("what is unclear ends nothing, and is dead with its reason", async () => {
  const { world, swim, living } = await labs();
  for (const payload of [
    "{}",
    '{"WebUsername":"ada","WebLabID":"2"}',
    '{"WebUsername":"ada","LabID":0}',
    '{"WebUsername":["ada"]}',
  ])
    world.server.push(WORDS!, payload);
  await world.clock.advance(1_000);
  assert.equal((await living()).length, 3);
  const reasons = world.server
    .listOf("swim:decommission:dead")
    .map((text) => (JSON.parse(text) as { reason: string }).reason);
  assert.deepEqual(reasons, [
    "WebUsername is missing",
    "WebLabID is not a whole number above 0",
    "WebLabID is not a whole number above 0",
    "WebUsername is not a string",
  ]);
  await swim.stop();
});

test("a tag alone makes no machine the web app's: what others made stays", async () => {
  const { world, swim } = await labs();
  const [row] = (await world.store.list({ limit: 1 })).instances;
  const { machineName: _, ...spec } = row!.spec;
  await world.store.insert({
    ...row!,
    id: "mf-00000000000x",
    name: "own",
    spec: { ...spec, tags: ["webuser:ada"] },
  });
  world.server.push(WORDS!, '{"WebUsername":"ada"}');
  await world.clock.advance(1_000);
  assert.equal((await world.store.get("mf-00000000000x"))?.desired, "running");
  await swim.stop();
});
