import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { TestContext } from "node:test";
import { aPostgresSchema } from "../testing/a-postgres-schema.ts";
import { eventually } from "../testing/eventually.ts";
import { postgresOrSkip, startPostgres } from "../testing/postgres-server.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { PostgresStore } from "./postgres.ts";
import { set } from "./store-test-contract.ts";

const found = postgresOrSkip();
const bound = { boundMs: 20_000 };

if ("bin" in found) {
  const server = await startPostgres(found.bin);
  after(() => server.stop());
  test("what was acknowledged is there after the server was killed, and the store goes on by itself", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const store = await open();
    const { instance } = await store.insert(aNewInstance());
    const heard = store.eventCommitted(new AbortController().signal);
    await server.restart();
    await eventually(async () => {
      const row = await store.get(instance.id).catch(() => undefined);
      assert.deepEqual(row, instance);
    }, bound);
    await heard;
    const other = await open();
    // The listening connection is new too.
    await eventually(async () => {
      const woken = store.eventCommitted(AbortSignal.timeout(500)).then(() => store.lastEvent());
      const before = await other.lastEvent();
      await other.update(instance.id, {}, (row) => ({ row, events: [{ at: 1, kind: "trouble" }] }));
      assert.ok((await woken) > before);
    }, bound);
  });

  test("a server that is away makes every call unavailable, and no password is told", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const url = "postgres://somebody:s3cret@127.0.0.1:1/nothing";
    await assert.rejects(open({ url }), (error: Error & { code: string }) => {
      assert.equal(error.code, "unavailable");
      assert.match(error.message, /open the store: .*ECONNREFUSED/);
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
    await assert.rejects(open({ url: `${server.url}-nowhere` }), {
      code: "schema",
      message: /does not exist/,
    });
  });

  test("a closed store is unavailable, and closing it again is nothing", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const store = await open();
    await store.close();
    await store.close();
    await assert.rejects(store.get("mf-1"), { code: "unavailable" });
    await assert.rejects(store.insert(aNewInstance()), { code: "unavailable" });
  });

  test("a newer schema is refused, and the message says what to do", async (t) => {
    const { open, schema } = aPostgresSchema(t, server);
    await open();
    await server.query(`UPDATE "${schema}".meta SET value = '99' WHERE key = 'version'`);
    await assert.rejects(open(), {
      code: "schema",
      message: /version 99\b.* up to \d+\b.*install the newer mayfly/,
    });
  });

  test("who works on is not disturbed by columns that a newer process adds", async (t) => {
    const { open, schema } = aPostgresSchema(t, server);
    const store = await open({ connections: 1 });
    const { id } = (await store.insert(aNewInstance())).instance;
    const work = async (token: string, now: number) => {
      assert.ok(await store.claim(id, { token, now, until: now + 1 }));
      await store.update(id, { token }, set({ reason: token }));
      assert.equal((await store.events({ after: 0, limit: 9 })).length, 1);
    };
    await work("before", 1);
    for (const table of ["instances", "events"])
      await server.query(`ALTER TABLE "${schema}".${table} ADD COLUMN later TEXT`);
    await work("after", 2);
  });

  test("a row that another transaction holds for too long is unavailable, and free again after that", async (t) => {
    const { open, schema } = aPostgresSchema(t, server);
    const store = await open({ statementTimeoutMs: 200 });
    const { id } = (await store.insert(aNewInstance())).instance;
    const held = server.query(
      `BEGIN; SELECT FROM "${schema}".instances FOR UPDATE; SELECT pg_sleep(2); COMMIT`,
    );
    await eventually(
      () =>
        assert.rejects(store.update(id, {}, set({ reason: "x" })), {
          code: "unavailable",
          message: /timeout/,
        }),
      bound,
    );
    assert.equal((await store.get(id))?.id, id);
    await held;
    assert.equal((await store.update(id, {}, set({ reason: "y" }))).reason, "y");
  });

  test("a row is written also when its job cannot be, and that is told", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const failures: unknown[] = [];
    const onNextAction = {
      write: async (execute: (text: string) => Promise<unknown>) =>
        void (await execute("SELECT 1 FROM no_jobs")),
      failed: (error: unknown) => failures.push(error),
    };
    const store = await open({ onNextAction });
    const { id } = (await store.insert(aNewInstance())).instance;
    assert.ok(await store.claim(id, { token: "w1", now: 1, until: 2 }));
    assert.equal((await store.events({ after: 0, limit: 9 })).length, 1);
    assert.match(String(failures), /no_jobs.*no_jobs/);
  });

  test("a claim whose answer was lost is not prolonged: nobody knows of it", async (t) => {
    const { open } = aPostgresSchema(t, server);
    const line = await aLine(t, server.port);
    const [cut, other] = await Promise.all([
      open({ url: server.url.replace(`${server.port}`, `${line.port}`) }),
      open(),
    ]);
    for (const id of ["mf-1", "mf-2"]) await other.insert(aNewInstance({ id }));
    assert.ok(await cut.claim("mf-1", { token: "w1", now: 1_000, until: 6_000 }));
    line.cutAfter("COMMIT");
    await assert.rejects(cut.claim("mf-2", { token: "w1", now: 1_000, until: 6_000 }), {
      code: "unavailable",
    });
    await eventually(async () => assert.equal((await other.get("mf-2"))?.lease?.token, "w1"), bound);
    await cut.renew("w1", 3_000, 8_000);
    assert.equal((await other.get("mf-1"))?.lease?.until, 8_000);
    assert.equal((await other.get("mf-2"))?.lease?.until, 6_000);
    assert.ok(await other.claim("mf-2", { token: "w2", now: 6_000, until: 11_000 }));
  });

  for (const { words, does, work } of [
    {
      words: "COMMIT",
      does: "writes a row and its events",
      work: (store: PostgresStore, id: string) =>
        store.update(id, {}, (row) => ({ row, events: [{ at: 1, kind: "trouble" }] })),
    },
    {
      words: "INSERT INTO duties",
      does: "takes a duty",
      work: (store: PostgresStore, id: string) => store.takeDuty("watch", { token: id, now: 1, until: 2 }),
    },
  ])
    test(`who stands still while he ${does} holds up nobody else who does`, async (t) => {
      const { open } = aPostgresSchema(t, server);
      const line = await aLine(t, server.port);
      const [still, other] = await Promise.all([
        open({ url: server.url.replace(`${server.port}`, `${line.port}`) }),
        open(),
      ]);
      for (const id of ["mf-1", "mf-2"]) await other.insert(aNewInstance({ id, name: id }));
      await work(other, "mf-2");
      line.stillBefore(words);
      work(still, "mf-1").catch(() => undefined);
      await setTimeout(300);
      const began = performance.now();
      await work(other, "mf-2");
      // The server gives a transaction up that stands still for five seconds.
      const tookMs = performance.now() - began;
      assert.ok(tookMs < 4_000, `it took ${Math.round(tookMs)} ms`);
    });
}

/**
 * A line to a port that can be cut when certain words have gone out on it: the answer to them never comes. Or that stands
 * still from certain words on, which do not arrive any more.
 */
async function aLine(t: TestContext, to: number) {
  let words: string | undefined;
  let stills: string | undefined;
  const sockets = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => [near, far].forEach((each) => each.destroy()));
    }
    far.pipe(near);
    near.on("data", (data) => {
      if (stills !== undefined && data.includes(stills)) near.pause();
      else if (words !== undefined && data.includes(words)) {
        words = undefined;
        far.unpipe(near);
        far.end(data);
        near.destroySoon();
      } else far.write(data);
    });
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    line.close();
  });
  return {
    port: (line.address() as AddressInfo).port,
    cutAfter: (text: string) => void (words = text),
    stillBefore: (text: string) => void (stills = text),
  };
}
