import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { systemClock } from "./clock.ts";
import { instanceId } from "./lifecycle/instance-id.ts";
import { moveHome } from "./move-home.ts";
import { systemRandom } from "./random.ts";
import { lockHome } from "./store/home-lock.ts";
import { openPostgresStore } from "./store/postgres.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import type { Store } from "./store/store.ts";
import { anInstance } from "./testing/builders.ts";
import { postgresOrSkip, startPostgres } from "./testing/postgres-server.ts";

const SECRET = "#cloud-config\npassword: hunter2-and-more\n";

const found = postgresOrSkip();
if ("bin" in found) {
  const server = await startPostgres(found.bin, ["fsync=off"]);
  after(() => server.stop());
  let databases = 0;
  const emptyDatabase = async () => {
    const name = `d${++databases}`;
    await server.query(`CREATE DATABASE ${name}`);
    return server.url.replace(/[^/]*$/, name);
  };
  const openPostgres = (url: string) => openPostgresStore({ url, random: systemRandom, clock: systemClock });

  /** A home with instances in it, of which the service ended. */
  async function aHome(t: { after(clean: () => void): void }, instances: number) {
    const home = mkdtempSync(join(tmpdir(), "mayfly-move-"));
    t.after(() => rmSync(home, { recursive: true, force: true }));
    const path = join(home, "mayfly.db");
    const store = await openSqliteStore({ path, random: systemRandom });
    for (let index = 0; index < instances; index++) await fill(store, index);
    const before = await everythingIn(store);
    await store.close();
    return { home, path, before };
  }

  async function fill(store: Store, index: number): Promise<void> {
    const id = instanceId(systemRandom.bytes(8));
    const row = anInstance({ id, name: `lab-${index}`, createdAt: 1_700_000_000_000 + index });
    const { instance } = await store.insert(
      { ...row, spec: { ...row.spec, userData: SECRET, tags: ["it's", 'a "test"\\'] } },
      { idempotencyKey: `key-${index}`, deliveryKey: `delivery-${index}` },
    );
    await store.update(instance.id, {}, (old) => ({
      row: { ...old, phase: "provisioning" },
      events: [{ at: index, kind: "phase", reason: "é\u2028\u{1f9a4}" }],
    }));
  }

  async function everythingIn(store: Store) {
    const { instances } = await store.list({ limit: 10_000, all: true });
    return {
      owner: await store.owner(),
      instances,
      events: await store.events({ after: 0, limit: 10_000 }),
      deliveries: await store.unacknowledged(),
      keys: await Promise.all(instances.map(async (_, index) => (await store.inserted(`key-${index}`))?.id)),
      zones: await store.zonesUsed(instances[0]!.account),
    };
  }

  const bytesOf = (home: string) =>
    readdirSync(home)
      .map((file) => readFileSync(join(home, file)).toString("latin1"))
      .join();

  describe("moving a home", () => {
    test("everything is there afterwards as it was, and goes on from there", async (t) => {
      const { home, before } = await aHome(t, 603);
      const url = await emptyDatabase();
      const moved = await moveHome(home, url);
      assert.deepEqual(moved, {
        owner: before.owner,
        instances: 603,
        events: before.events.length,
        before: false,
      });
      const store = await openPostgres(url);
      t.after(() => store.close());
      assert.deepEqual(await everythingIn(store), before);
      await fill(store, 2_000);
      const seqs = (await store.events({ after: before.events.at(-1)!.seq, limit: 9 })).map(({ seq }) => seq);
      assert.equal(seqs.length, 2);
    });

    test("the home serves nobody any more, and holds no user data", async (t) => {
      const { home, path } = await aHome(t, 3);
      assert.match(bytesOf(home), /hunter2-and-more/);
      await moveHome(home, await emptyDatabase());
      await assert.rejects(openSqliteStore({ path, random: systemRandom }), {
        code: "schema",
        message: /were moved into a PostgreSQL database/,
      });
      assert.doesNotMatch(bytesOf(home), /hunter2-and-more/);
    });

    test("asking again changes nothing; another database is refused", async (t) => {
      const { home } = await aHome(t, 3);
      const url = await emptyDatabase();
      const first = await moveHome(home, url);
      assert.deepEqual(await moveHome(home, url), { ...first, before: true });
      await assert.rejects(moveHome(home, await emptyDatabase()), /into another database before/);
    });

    test("a database that is used is refused, and the home serves on", async (t) => {
      const { home, path, before } = await aHome(t, 3);
      const url = await emptyDatabase();
      const other = await openPostgres(url);
      await fill(other, 1);
      await other.close();
      await assert.rejects(moveHome(home, url), /holds instances of the installation/);
      const store = await openSqliteStore({ path, random: systemRandom });
      assert.deepEqual(await everythingIn(store), before);
      await store.close();
    });

    test("a connection that breaks on the way leaves the home as it was", async (t) => {
      const { home, path, before } = await aHome(t, 5);
      const url = await emptyDatabase();
      await (await openPostgres(url)).close();
      await server.query(
        `ALTER DATABASE ${url.replace(/.*[/]/, "")} SET default_transaction_read_only TO on`,
      );
      await assert.rejects(moveHome(home, url), /read-only/);
      const store = await openSqliteStore({ path, random: systemRandom });
      assert.deepEqual(await everythingIn(store), before);
      await store.close();
    });

    test("what a killed move began is finished by the next one, and by no service", async (t) => {
      const { home, path, before } = await aHome(t, 3);
      const url = await emptyDatabase();
      const { DatabaseSync } = await import("node:sqlite");
      const database = new DatabaseSync(path);
      database.exec("INSERT INTO meta (key, value) VALUES ('moved', 'a name')");
      database.close();
      await assert.rejects(openSqliteStore({ path, random: systemRandom }), { code: "schema" });
      assert.equal((await moveHome(home, url)).before, false);
      const store = await openPostgres(url);
      t.after(() => store.close());
      assert.deepEqual(await everythingIn(store), before);
    });

    test("a home that a service keeps, or that has nothing, is refused", async (t) => {
      const { home } = await aHome(t, 1);
      const lock = lockHome(join(home, "mayfly.lock"))!;
      await assert.rejects(moveHome(home, await emptyDatabase()), /a service keeps/);
      lock.release();
      rmSync(join(home, "mayfly.db"));
      await assert.rejects(moveHome(home, await emptyDatabase()), /nothing was ever made/);
    });
  });
}
