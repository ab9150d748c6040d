import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { TestContext } from "node:test";
import { systemClock } from "../clock.ts";
import { aNewInstance } from "../store/a-new-instance-contract.ts";
import { deleted, set } from "../store/store-test-contract.ts";
import { aPostgresSchema } from "../testing/a-postgres-schema.ts";
import { eventually } from "../testing/eventually.ts";
import { postgresOrSkip, startPostgres } from "../testing/postgres-server.ts";
import { createPgBossScheduler } from "./pg-boss.ts";
import { openWakeJobs } from "./pg-boss/open-wake-jobs.ts";

const found = postgresOrSkip();
const bound = { boundMs: 20_000 };
const HOUR_MS = 3_600_000;
const id = aNewInstance().id;

if ("bin" in found) {
  const server = await startPostgres(found.bin);
  after(() => server.stop());

  /** A process: its store writes the jobs with the rows, its scheduler notes what it is called for. */
  const aProcess = async (t: TestContext) => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const boss = `${t.name.replaceAll(/\W+/g, "_").slice(0, 40)}_boss`;
    const jobs = await openWakeJobs({ url: server.url, clock: systemClock, schema: boss, onError });
    t.after(() => jobs.close());
    const store = await aPostgresSchema(t, server).open({ onNextAction: jobs });
    const scheduler = createPgBossScheduler({
      jobs,
      rows: store,
      clock: systemClock,
      jobsComeWithRows: true,
    });
    t.after(() => scheduler.stop());
    const calls: string[] = [];
    const start = (handle = async (_id: string): Promise<unknown> => undefined) =>
      scheduler.start(async (called) => {
        calls.push(called);
        await handle(called);
      }, onError);
    const waiting = async () => [...(await jobs.waiting()).keys()];
    return { boss, store, jobs, scheduler, calls, errors, start, waiting };
  };
  const soon = (ms: number) => Date.now() + ms;

  test("a job is written with its row, or not at all", async (t) => {
    const { store, waiting } = await aProcess(t);
    await store.insert(aNewInstance({ nextActionAt: soon(5_000) }));
    assert.deepEqual(await waiting(), [id]);
    const taken = aNewInstance({ id: "mf-2", name: aNewInstance().name, nextActionAt: soon(5_000) });
    await assert.rejects(store.insert(taken), { code: "name_taken" });
    await assert.rejects(store.update(id, { version: 9 }, set({ nextActionAt: soon(1) })), {
      code: "version_moved",
    });
    assert.deepEqual(await waiting(), [id]);
    await store.update(id, {}, deleted);
    assert.deepEqual(await waiting(), []);
  });

  test("a row whose time is far has no job, and one that is moved far loses or moves its own", async (t) => {
    const { store, jobs, waiting } = await aProcess(t);
    await store.insert(aNewInstance({ nextActionAt: soon(HOUR_MS) }));
    assert.deepEqual(await waiting(), []);
    await store.update(id, {}, set({ nextActionAt: soon(60_000) }));
    await store.update(id, {}, set({ nextActionAt: soon(HOUR_MS) }));
    const at = (await jobs.waiting()).get(id);
    assert.ok(at === undefined || at > soon(HOUR_MS - 60_000));
  });

  test("who dies with a row in his hands has it taken up by another when the lease ends", async (t) => {
    const { store, calls, start } = await aProcess(t);
    await store.insert(aNewInstance({ nextActionAt: soon(0) }));
    const until = soon(1_500);
    assert.ok(await store.claim(id, { token: "dead", now: Date.now(), until }));
    await start((called) => store.claim(called, { token: "alive", now: Date.now(), until: soon(5_000) }));
    await eventually(async () => assert.equal((await store.get(id))?.lease?.token, "alive"), bound);
    assert.ok(Date.now() >= until);
    assert.deepEqual(calls, [id]);
  });

  test("a row that is given back without a time is left alone", async (t) => {
    const { store, waiting } = await aProcess(t);
    await store.insert(aNewInstance({ nextActionAt: soon(0) }));
    await store.claim(id, { token: "w1", now: Date.now(), until: soon(5_000) });
    assert.deepEqual(await waiting(), [id]);
    const rest = () => ({ row: { ...aNewInstance(), version: 1, nextActionAt: undefined }, release: true });
    await store.update(id, { token: "w1" }, rest);
    assert.deepEqual(await waiting(), []);
  });

  test("who asks for a look at a row that another process works on gets it when that one is done", async (t) => {
    const [busy, other] = [await aProcess(t), await aProcess(t)];
    await busy.store.insert(aNewInstance({ nextActionAt: soon(0) }));
    await busy.store.claim(id, { token: "busy", now: Date.now(), until: soon(30_000) });
    await other.start();
    await other.scheduler.wake(id, Date.now());
    // It is taken, found to be held, and put back until the lease ends.
    await eventually(async () => assert.ok((await other.jobs.waiting()).get(id)! > soon(20_000)), bound);
    assert.deepEqual(other.calls, []);
    const rest = (row: object) => ({ row: { ...row, nextActionAt: soon(HOUR_MS) } as never, release: true });
    await busy.store.update(id, { token: "busy" }, rest);
    await eventually(() => assert.deepEqual(other.calls, [id]), bound);
  });

  test("when the tables of the jobs are gone rows are written all the same, and what is due is handled", async (t) => {
    const { boss, store, calls, start, scheduler } = await aProcess(t);
    await store.insert(aNewInstance({ nextActionAt: soon(2_000) }));
    await start(async (called) => {
      const now = Date.now();
      if (!(await store.claim(called, { token: "w1", now, until: now + 5_000 }))) return;
      await store.update(called, { token: "w1" }, (row) => ({
        row: { ...row, nextActionAt: undefined },
        release: true,
      }));
    });
    await server.query(`DROP SCHEMA ${boss} CASCADE`);
    await store.insert(aNewInstance({ id: "mf-2", nextActionAt: soon(0) }));
    await scheduler.wake("mf-2", Date.now());
    await eventually(() => assert.deepEqual(calls.toSorted(), [id, "mf-2"]), bound);
    assert.equal(
      (await server.query(`SELECT count(*)::int AS n FROM ${boss}.queue WHERE name = 'mayfly-wake'`))[0]?.[
        "n"
      ],
      1,
    );
    await store.insert(aNewInstance({ id: "mf-3", nextActionAt: soon(0) }));
    await eventually(() => assert.ok(calls.includes("mf-3")), bound);
  });
}
