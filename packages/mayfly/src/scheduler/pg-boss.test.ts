import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { TestContext } from "node:test";
import { aBossWorld } from "../testing/a-boss-world.ts";
import { postgresOrSkip, startPostgres } from "../testing/postgres-server.ts";
import { describeScheduler } from "./contract.ts";

const found = postgresOrSkip();
if ("bin" in found) {
  const server = await startPostgres(found.bin, ["fsync=off"]);
  after(() => server.stop());
  let schemas = 0;

  describeScheduler("pg-boss", async () => {
    const world = await aBossWorld(server, `boss${++schemas}`);
    const { scheduler, clock, jobs } = world;
    return {
      scheduler: {
        ...scheduler,
        async stop() {
          await scheduler.stop();
          await jobs.close();
        },
      },
      now: clock.now,
      put: async (id, at) => world.put(id, at),
      hold: async (id, until) => world.hold(id, until),
      pass: world.pass,
      latencyMs: 1_000,
    };
  });

  const started = async (t: TestContext) => {
    const world = await aBossWorld(server, `boss${++schemas}`);
    const calls: string[] = [];
    const errors: unknown[] = [];
    const handle = async (id: string) => {
      calls.push(id);
      world.put(id, undefined);
    };
    await world.scheduler.start(handle, (error) => errors.push(error));
    t.after(async () => {
      await world.scheduler.stop();
      await world.jobs.close();
    });
    await world.pass(1_000);
    return { ...world, schema: `boss${schemas}`, calls };
  };

  test("a row far ahead has no job until its time is near, and is handled at its time", async (t) => {
    const { clock, put, pass, scheduler, jobs, calls } = await started(t);
    const at = clock.now() + 165_000;
    put("a", at);
    await scheduler.wake("a", at);
    assert.equal((await jobs.waiting()).size, 0);
    await pass(164_000);
    assert.deepEqual([calls, (await jobs.waiting()).get("a")], [[], at]);
    await pass(2_000);
    assert.deepEqual(calls, ["a"]);
  });

  test("a row whose job was lost is three seconds late at most", async (t) => {
    const { clock, put, pass, scheduler, schema, calls } = await started(t);
    put("a", clock.now() + 10_000);
    await scheduler.wake("a", clock.now() + 10_000);
    await server.query(`DELETE FROM ${schema}.job`);
    await pass(9_900);
    assert.deepEqual(calls, []);
    await pass(3_600);
    assert.deepEqual(calls, ["a"]);
  });

  test("a job that is later than its row is brought forward within a minute", async (t) => {
    const { clock, put, pass, scheduler, calls } = await started(t);
    await scheduler.wake("a", clock.now() + 140_000);
    put("a", clock.now() + 70_000);
    await pass(71_000);
    assert.deepEqual(calls, ["a"]);
  });

  test("a job that failed for good is no end of its instance", async (t) => {
    const { clock, put, pass, scheduler, schema, calls } = await started(t);
    put("a", clock.now() + 5_000);
    await scheduler.wake("a", clock.now() + 5_000);
    await server.query(`UPDATE ${schema}.job SET state = 'failed', retry_count = 2`);
    await pass(9_000);
    assert.deepEqual(calls, ["a"]);
  });
}
