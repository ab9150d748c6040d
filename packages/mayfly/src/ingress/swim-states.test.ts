import assert from "node:assert/strict";
import { test } from "node:test";
import type { Instance } from "../lifecycle/instance.ts";
import type { Change } from "../store/store.ts";
import { swimOrder, swimWorld } from "../testing/swim-world.ts";
import type { SwimState } from "./swim-state.ts";

const QUEUE = "swim:provision:queue";
const HOUR = 3_600_000;

type World = ReturnType<typeof swimWorld>;

const stateAt = ({ server }: World, key: string): SwimState | undefined => {
  const text = server.valueOf(key);
  return text === undefined ? undefined : (JSON.parse(text) as SwimState);
};
const statesOn = ({ server }: World) =>
  server.published.map(({ message }) => (JSON.parse(message) as SwimState).state);

/** What the controllers would write. */
async function become(world: World, id: string, with_: Partial<Instance>, kind = "phase"): Promise<void> {
  await world.store.update(id, {}, (row) => ({
    row: { ...row, ...with_ },
    events: [{ at: world.clock.now(), kind }] as Change["events"],
  }));
  await world.clock.advance(1_000);
}

const withMachine = (row: Instance, machine = "11111111-0000-4000-8000-000000000001"): Partial<Instance> => ({
  footprint: { ...row.footprint, machine },
  ips: ["192.0.2.1", "2001:db8::7"],
});

async function ordered(with_: object = {}) {
  const world = swimWorld();
  const swim = await world.boot();
  await swim.start();
  world.server.push(QUEUE, swimOrder(with_));
  await world.clock.advance(1_000);
  const [row] = (await world.store.list({ limit: 9 })).instances;
  return { world, swim, row: row!, server: "swim:server:11111111-0000-4000-8000-000000000001" };
}

test("from its acceptance to its end a machine is told by name and by id, field by field", async () => {
  const { world, swim, row, server } = await ordered({ ServerName: "Lab 7" });
  const base = {
    name: "Lab 7",
    provisioned_at: "2030-01-01T00:00:00.000Z",
    deletion_at: "2030-01-01T01:00:00.000Z",
    instance: row.id,
  };
  const nothing = { ...base, id: "", ipv6: "", state: "starting" };
  assert.deepEqual(stateAt(world, "swim:name:Lab 7"), nothing);
  assert.equal(stateAt(world, server), undefined);

  const whole = { ...base, id: server.slice(12), ipv6: "2001:db8::7" };
  const both = (state: string, extra: object = {}) => {
    for (const key of ["swim:name:Lab 7", server])
      assert.deepEqual(stateAt(world, key), { ...whole, state, ...extra }, `${state} at ${key}`);
  };
  // No event tells of the machine's id.
  await world.store.update(row.id, {}, (current) => ({
    row: { ...current, phase: "provisioning", ...withMachine(current) },
  }));
  await world.clock.advance(1_000);
  both("starting");
  await become(world, row.id, { phase: "running", readyAt: world.clock.now() });
  both("running");
  await become(
    world,
    row.id,
    { phase: "deleting", desired: "gone", reason: "its lifetime is over" },
    "expired",
  );
  both("stopping");
  await become(world, row.id, { phase: "deleted", endedAt: world.clock.now() });
  both("deleted");
  assert.deepEqual(statesOn(world), ["starting", "starting", "running", "stopping", "deleted"]);
  assert.ok(world.server.published.every(({ channel }) => channel === "swim:states"));
  await swim.stop();
});

test("a machine that could not be made, or was lost, ends as deleted-error with the reason", async () => {
  for (const kind of ["gave-up", "lost", "released", "expired"]) {
    const { world, swim, row } = await ordered();
    const reason = "could not be created: type DEV1-X is unknown";
    await become(world, row.id, { phase: "deleting", desired: "gone", reason }, kind);
    assert.deepEqual(
      [stateAt(world, "swim:name:lab")?.state, stateAt(world, "swim:name:lab")?.reason],
      ["stopping", reason],
    );
    await become(world, row.id, { phase: "deleted", endedAt: world.clock.now() });
    assert.deepEqual(
      [stateAt(world, "swim:name:lab")?.state, stateAt(world, "swim:name:lab")?.reason],
      ["deleted-error", reason],
    );
    await swim.stop();
  }
});

test("what somebody asked to delete before it ran is deleted, without an error", async () => {
  const { world, swim, row } = await ordered();
  await become(
    world,
    row.id,
    { phase: "deleting", desired: "gone", reason: "delete requested" },
    "delete-requested",
  );
  await become(world, row.id, { phase: "deleted", endedAt: world.clock.now() });
  const state = stateAt(world, "swim:name:lab");
  assert.deepEqual([state?.state, state?.reason], ["deleted", undefined]);
  await swim.stop();
});

test("a state is kept for a day, and longer for as long as its machine lives", async () => {
  const { world, swim, row, server } = await ordered({ TTLMinutes: 60 * 72 });
  await become(world, row.id, { phase: "running", ...withMachine(row) });
  world.clock.jumpWall(22 * HOUR);
  await world.clock.advance(HOUR + 10_000);
  world.clock.jumpWall(20 * HOUR);
  assert.equal(stateAt(world, server)?.state, "running");
  await become(world, row.id, { phase: "deleted", desired: "gone", endedAt: world.clock.now() });
  world.clock.jumpWall(23 * HOUR);
  assert.equal(stateAt(world, server)?.state, "deleted");
  world.clock.jumpWall(2 * HOUR);
  assert.equal(stateAt(world, server), undefined);
  await swim.stop();
});

test("when Redis comes back empty all that lives and what ended within a day is told again", async () => {
  const { world, swim, row } = await ordered();
  world.server.push(QUEUE, swimOrder({ ServerName: "ended" }));
  await world.clock.advance(1_000);
  const ended = (await world.store.list({ limit: 9 })).instances.find(({ id }) => id !== row.id)!;
  await become(world, row.id, { phase: "running", readyAt: 1 });
  await become(world, ended.id, { phase: "deleted", desired: "gone", endedAt: world.clock.now() });
  world.server.forget();
  await world.clock.advance(10_000);
  assert.equal(stateAt(world, "swim:name:lab")?.state, "running");
  assert.equal(stateAt(world, "swim:name:ended")?.state, "deleted");
  await swim.stop();
});

test("what happened while nobody told it is told by the next service", async () => {
  const { world, swim, row } = await ordered();
  await swim.stop();
  await become(world, row.id, { phase: "running", readyAt: 1 });
  await become(world, row.id, { phase: "deleted", desired: "gone", endedAt: world.clock.now() });
  const next = await world.boot();
  await next.start();
  await world.clock.advance(1_000);
  assert.equal(stateAt(world, "swim:name:lab")?.state, "deleted");
  assert.deepEqual(statesOn(world).slice(-2), ["running", "deleted"]);
  await next.stop();
});

test("of two machines of one name its key tells of the youngest that lives", async () => {
  const { world, swim, row } = await ordered();
  await world.clock.advance(1_000);
  world.server.push(QUEUE, swimOrder());
  await world.clock.advance(1_000);
  const young = (await world.store.list({ limit: 9 })).instances.find(({ id }) => id !== row.id)!;
  await become(world, row.id, { phase: "running" });
  assert.equal(stateAt(world, "swim:name:lab")?.instance, young.id);
  await become(world, young.id, { phase: "deleted", desired: "gone", endedAt: world.clock.now() });
  assert.equal(stateAt(world, "swim:name:lab")?.instance, row.id);
  await swim.stop();
});

test("instances that were not ordered so are nobody's business in Redis", async () => {
  const { world, swim, row } = await ordered();
  await world.store.insert({ ...row, id: "mf-00000000000x", name: "own", spec: { ...row.spec, tags: [] } });
  await world.clock.advance(1_000);
  assert.deepEqual(statesOn(world), ["starting"]);
  await swim.stop();
});

test("with a prefix every key and the channel have it, and no others are touched", async () => {
  const world = swimWorld();
  const swim = await world.boot({ prefix: "school:" });
  await swim.start();
  world.server.push(QUEUE, swimOrder({ ServerName: "not ours" }));
  world.server.push(`school:${QUEUE}`, swimOrder());
  world.server.push(`school:${QUEUE}`, "bad");
  await world.clock.advance(1_000);
  assert.equal(stateAt(world, "school:swim:name:lab")?.state, "starting");
  assert.equal(world.server.listOf("school:swim:provision:dead").length, 1);
  assert.notEqual(world.server.valueOf("school:swim:provision:holder"), undefined);
  assert.deepEqual(
    [...new Set(world.server.published.map(({ channel }) => channel))],
    ["school:swim:states"],
  );
  assert.equal(world.server.listOf(QUEUE).length, 1);
  assert.equal((await world.store.list({ limit: 9 })).instances.length, 1);
  await swim.stop();
});
