import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { InstanceView } from "./api/instance-view.ts";
import type { CloudProcess } from "./testing/cloud-process.ts";
import { eventually } from "./testing/eventually.ts";
import { processScene } from "./testing/process-scene.ts";
import type { ServiceProcess } from "./testing/service-process.ts";

const BOUND_MS = 90_000;
const timeout = 240_000;

// They wait for the most part: what was made less than 30 s ago is not taken for gone before.
suite("a service that ends and starts again", { concurrency: true }, () => {
  test(
    "SIGTERM ends the service by itself even while calls hang, and loses nothing",
    { timeout },
    async (t) => {
      const { startCloud, startService } = processScene(t);
      const cloud = await startCloud();
      const first = await startService({ env: cloud.env });
      await first.answers();
      const going = await first.client.create({ name: "going" });
      await reaches(first, going.id, "running");

      // 1. The start of one machine, the end of another, and every look hang for longer than a stop may take.
      const effect = { kind: "latency", ms: 30_000 } as const;
      await cloud.fault({ match: { operation: "serverAction" }, effect });
      await cloud.fault({ match: { operation: "listServers" }, effect });
      const { serverAction: before = 0 } = (await cloud.calls()).byOperation;
      const coming = await first.client.create({ name: "coming" });
      await first.client.delete(going.id);
      await eventually(
        async () => assert.equal((await cloud.calls()).byOperation["serverAction"], before + 2),
        { boundMs: BOUND_MS },
      );

      // 2. It would be ended with code 1 if it had not stopped by itself within its 10 s.
      first.signal("SIGTERM");
      assert.deepEqual(await first.ended, { code: 0, signal: null }, first.out() + first.err());

      // 3. The next one finishes both.
      await cloud.clearFaults();
      const second = await startService({ env: cloud.env });
      await second.answers();
      await reaches(second, going.id, "deleted");
      const { machineId } = await reaches(second, coming.id, "running");
      await eventually(async () => assert.deepEqual(await machinesIn(cloud), [machineId]), {
        boundMs: BOUND_MS,
      });
    },
  );

  test(
    "a second service on the same home is refused with the reason, and the first goes on",
    { timeout },
    async (t) => {
      const { home, startCloud, startService } = processScene(t);
      const cloud = await startCloud();
      const first = await startService({ env: cloud.env });
      await first.answers();

      const second = await startService({ env: cloud.env });
      assert.deepEqual(await second.ended, { code: 4, signal: null });
      const problem = JSON.parse(second.err()) as { status: number; detail: string; suggestion: string };
      assert.deepEqual([problem.status, problem.detail], [409, `a service keeps ${home} already`]);
      assert.match(problem.suggestion, /mayfly doctor/);
      await first.answers();
    },
  );

  test("a service on the database of a killed one goes on where that one was", { timeout }, async (t) => {
    const { startCloud, startService } = processScene(t);
    const cloud = await startCloud();
    const first = await startService({ env: cloud.env });
    await first.answers();
    const kept = await first.client.create({ name: "kept" });
    const { machineId } = await reaches(first, kept.id, "running");
    const ending = await first.client.create({ name: "ending" });
    await reaches(first, ending.id, "running");
    await first.client.delete(ending.id);
    await first.kill();

    const second = await startService({ env: cloud.env });
    await second.answers();
    await reaches(second, ending.id, "deleted");
    assert.equal((await second.client.get(kept.id)).machineId, machineId);
    assert.deepEqual(await machinesIn(cloud), [machineId]);
    const { events } = await second.client.events({ instance: kept.id });
    assert.deepEqual(
      events.map(({ phase }) => phase),
      ["pending", "provisioning", "running"],
    );
  });

  test(
    "a deadline that passed while no service ran is kept as soon as one starts",
    { timeout },
    async (t) => {
      const { startCloud, startService } = processScene(t);
      const cloud = await startCloud();
      const first = await startService({ env: cloud.env });
      await first.answers();
      const { id, expiresAt } = await first.client.create({ lifetime: "10s" });
      await reaches(first, id, "running");
      await first.kill();
      await sleep(Math.max(0, Date.parse(expiresAt) + 1_000 - Date.now()));
      assert.equal((await machinesIn(cloud)).length, 1, "nobody was there to end it");

      const { listIps: before = 0 } = (await cloud.calls()).byOperation;
      const second = await startService({ env: cloud.env });
      await second.answers();
      await eventually(async () => assert.deepEqual(await machinesIn(cloud), []), { boundMs: BOUND_MS });
      // Sweeps are a minute apart: it did not take a second one.
      assert.equal((await cloud.calls()).byOperation["listIps"], before + 1);
      const { reason } = await reaches(second, id, "deleted");
      assert.equal(reason, "its lifetime is over");
    },
  );
});

function reaches({ client }: ServiceProcess, id: string, phase: string): Promise<InstanceView> {
  return eventually(
    async () => {
      const row = await client.get(id);
      assert.equal(row.phase, phase, JSON.stringify(row));
      return row;
    },
    { boundMs: BOUND_MS },
  );
}

const machinesIn = async (cloud: CloudProcess) =>
  (await cloud.leftovers()).machines.map(({ id }) => id).sort();
