import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, test } from "node:test";
import type { Instance } from "../lifecycle/instance.ts";
import { systemRandom } from "../random.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import { describeStore } from "./contract.ts";
import { openSqliteStore } from "./sqlite.ts";
import type { Store } from "./store.ts";
import { deleted, set } from "./store-test-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-store-"));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const freshPath = () => join(folder, `${++files}.db`);
const open = (path: string, options: { owner?: string; busyTimeoutMs?: number } = {}) =>
  openSqliteStore({ path, random: systemRandom, ...options });

describeStore("sqlite", (options) => open(freshPath(), options));

describe("sqlite", () => {
  test("everything is there again after close and open", async () => {
    const path = freshPath();
    const first = await open(path);
    const { instance } = await first.insert(aNewInstance(), { idempotencyKey: "k", foundKey: "f" });
    await first.setSuspects("main", [{ key: "machine/m-1", firstSeenAt: 5 }]);
    const events = await first.events({ after: 0, limit: 10 });
    const owner = await first.owner();
    await first.close();
    const second = await open(path);
    assert.deepEqual(await second.get(instance.id), instance);
    assert.deepEqual(await second.events({ after: 0, limit: 10 }), events);
    assert.deepEqual(await second.suspects("main"), [{ key: "machine/m-1", firstSeenAt: 5 }]);
    assert.equal((await second.insert(aNewInstance({ id: "mf-2" }), { idempotencyKey: "k" })).created, false);
    assert.equal((await second.insert(aNewInstance({ id: "mf-2" }), { foundKey: "f" })).created, false);
    assert.equal(await second.owner(), owner);
    await second.close();
  });

  test("a seq is never given twice", async () => {
    const path = freshPath();
    const store = await open(path);
    await store.insert(aNewInstance());
    await store.close();
    edit(path, "DELETE FROM events");
    const again = await open(path);
    await again.insert(aNewInstance({ id: "mf-2" }));
    assert.deepEqual(
      (await again.events({ after: 0, limit: 10 })).map((event) => event.seq),
      [2],
    );
    await again.close();
  });

  test("an owner that is given stays the file's owner", async () => {
    const path = freshPath();
    for (const [given, owner] of [
      ["first000first000", "first000first000"],
      ["other", "other"],
      [undefined, "other"],
    ]) {
      const store = await open(path, given === undefined ? {} : { owner: given });
      assert.equal(await store.owner(), owner);
      await store.close();
    }
  });

  test("another owner is refused while instances of the old one live", async () => {
    const path = freshPath();
    const store = await open(path);
    await store.insert(aNewInstance());
    await store.close();
    await assert.rejects(open(path, { owner: "other" }), {
      code: "schema",
      message: /nobody would end their machines/,
    });
  });

  test("two stores over one file see each other's rows and respect each other's leases", async () => {
    const path = freshPath();
    const [one, two] = await Promise.all([open(path), open(path)]);
    const { id } = (await one.insert(aNewInstance())).instance;
    assert.equal((await two.claim(id, { token: "two", now: 1, until: 100 }))?.lease?.token, "two");
    assert.equal(await one.claim(id, { token: "one", now: 2, until: 100 }), undefined);
    await two.update(id, { token: "two" }, deleted);
    assert.equal((await one.get(id))?.phase, "deleted");
    assert.equal(await one.owner(), await two.owner());
    await Promise.all([one.close(), two.close()]);
  });

  test("the file, its log and its index are for nobody else to read, also when the file was open to others", async () => {
    const path = freshPath();
    writeFileSync(path, "", { mode: 0o644 });
    const store = await open(path);
    await store.insert(aNewInstance());
    for (const suffix of ["", "-wal", "-shm"])
      assert.equal(statSync(path + suffix).mode & 0o777, 0o600, suffix);
    await store.close();
  });

  test("no trace of erased user data is left in any file after a close, nor of the row's other past", async () => {
    const path = freshPath();
    const store = await open(path);
    const ids = Array.from({ length: 60 }, (_, n) => `mf-${n}`);
    const secret = (n: number) => `s3cret-${n}-`.repeat(1 + ((n * n * 37) % 1_500));
    // Of many sizes, and moved about by the growth of their neighbours.
    for (const [n, id] of ids.entries()) {
      const row = aNewInstance({ id });
      await store.insert({ ...row, spec: { ...row.spec, userData: secret(n) } });
    }
    for (let round = 0; round < 5; round++)
      for (const [n, id] of ids.entries())
        await store.update(id, {}, (row) => ({
          row: { ...row, reason: "x".repeat((n * 91 + round * 333) % 3_000) },
        }));
    assert.ok(traces(path) > 0);
    for (const id of ids) await store.update(id, {}, withoutUserData);
    await store.close();
    assert.equal(traces(path), 0);
  });

  test("right after the update that erases it user data is neither in the file nor in its log", async () => {
    const path = freshPath();
    const rows = [aNewInstance({ id: "mf-1" }), aNewInstance({ id: "mf-2" })];
    rows[0]!.spec.userData = "s3cret";
    rows[1]!.spec.userData = "s3cret".repeat(5_000);
    const first = await open(path);
    for (const row of rows) await first.insert(row);
    await first.close();
    const store = await open(path);
    // Writes the rows again, into the log this time.
    for (const { id } of rows) await store.update(id, {}, set({ reason: "a new one" }));
    for (const suffix of ["", "-wal"]) assert.ok(tracesIn(path + suffix) > 4_900, suffix);
    for (const { id } of rows) await store.update(id, {}, withoutUserData);
    for (const suffix of ["", "-wal"]) assert.equal(tracesIn(path + suffix), 0, suffix);
    await store.close();
  });

  test("an update that erases user data is done also when it cannot empty the log, and closing does", async () => {
    const path = freshPath();
    const store = await open(path, { busyTimeoutMs: 1 });
    const row = aNewInstance();
    row.spec.userData = "s3cret";
    await store.insert(row);
    const reader = new DatabaseSync(path);
    reader.exec("BEGIN; SELECT count(*) FROM instances");
    assert.equal((await store.update(row.id, {}, withoutUserData)).version, 2);
    assert.ok(traces(path) > 0);
    reader.close();
    await store.close();
    assert.equal(traces(path), 0);
  });

  test("an update that erases user data is done also when the store closes at once", async () => {
    const store = await open(freshPath());
    const { instance } = await store.insert(aNewInstance());
    const update = store.update(instance.id, {}, withoutUserData);
    await store.close();
    assert.equal((await update).version, 2);
  });

  test("user data is in one row of one table", async () => {
    const path = freshPath();
    const store = await open(path);
    await store.insert(aNewInstance({ spec: { ...aNewInstance().spec, userData: "s3cret" } }));
    await store.claim(aNewInstance().id, { token: "w1", now: 1, until: 2 });
    await store.close();
    assert.equal(tracesIn(path), 1);
  });

  test("a newer schema is refused, and the message says what to do", async () => {
    const path = freshPath();
    await (await open(path)).close();
    edit(path, "PRAGMA user_version = 7");
    await assert.rejects(open(path), (error: Error & { code: string }) => {
      assert.equal(error.code, "schema");
      assert.match(error.message, /version 7\b.* up to \d+\b.*install.*MAYFLY_HOME/);
      return true;
    });
  });

  test("what is no database, or nowhere, is unavailable", async () => {
    const path = freshPath();
    writeFileSync(path, "this is a letter to my aunt, and no database at all".repeat(40));
    await assert.rejects(open(path), {
      code: "unavailable",
      message: /open the store .*: file is not a database/,
    });
    await assert.rejects(open(join(folder, "no", "such.db")), { code: "unavailable", message: /ENOENT/ });
  });

  test("a file that another transaction holds is unavailable, can be read, and works again after it", async () => {
    const path = freshPath();
    const store = await open(path, { busyTimeoutMs: 1 });
    const { instance } = await store.insert(aNewInstance());
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const wait = store.eventCommitted(AbortSignal.abort());
    await assert.rejects(store.insert(aNewInstance({ id: "mf-2" })), {
      code: "unavailable",
      message: "insert mf-2: database is locked",
    });
    assert.deepEqual(await store.get(instance.id), instance);
    other.exec("ROLLBACK");
    other.close();
    await store.insert(aNewInstance({ id: "mf-2" }));
    await wait;
    await store.close();
  });

  test("rows whose file was deleted are put back whole, for nobody else to read, and go on there", async () => {
    const home = mkdtempSync(join(folder, "home-"));
    const path = join(home, "mayfly.db");
    const store = await open(path);
    const { instance } = await store.insert(aNewInstance());
    const owner = await store.owner();
    for (const deleted of [path, home]) {
      assert.equal(store.isDeleted(), false);
      rmSync(deleted, { recursive: true });
      assert.equal(store.isDeleted(), true);
      // What exists can still be ended; what is new would not be kept.
      await store.update(instance.id, {}, set({ reason: `after ${deleted}` }));
      await assert.rejects(store.insert(aNewInstance({ id: "mf-2" })), {
        code: "unavailable",
        message: /was deleted/,
      });
      await store.putBack();
      assert.equal((await store.get(instance.id))?.reason, `after ${deleted}`);
      for (const file of readdirSync(home))
        assert.equal(statSync(join(home, file)).mode & 0o777, 0o600, file);
    }
    await store.insert(aNewInstance({ id: "mf-2" }));
    await store.close();
    const again = await open(path);
    assert.deepEqual([await again.owner(), (await again.list({ limit: 9 })).instances.length], [owner, 2]);
    await again.close();
  });

  test("a copy that a killed process left half written is removed", async () => {
    const path = freshPath();
    writeFileSync(`${path}-copy`, "s3cret");
    await (await open(path)).close();
    assert.equal(traces(path), 0);
  });

  test("a file that came in the place of a deleted one is not touched", async () => {
    const path = freshPath();
    const store = await open(path);
    rmSync(path);
    const other = await open(path);
    await other.insert(aNewInstance({ id: "mf-2" }));
    const kept = readdirSync(folder).sort();
    await assert.rejects(store.putBack(), { message: /there is another/ });
    assert.deepEqual(readdirSync(folder).sort(), kept);
    await store.close();
    assert.ok(await other.get("mf-2"));
    await other.close();
  });

  test("a closed store is unavailable, and closing it again is nothing", async () => {
    const store: Store = await open(freshPath());
    await store.close();
    await store.close();
    await assert.rejects(store.get("mf-1"), { code: "unavailable" });
    await assert.rejects(store.insert(aNewInstance()), { code: "unavailable" });
  });
});

const withoutUserData = (row: Instance) => ({
  row: { ...row, spec: { ...row.spec, userData: undefined } },
});

function edit(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

/** How often the secret occurs in the database and whatever lies beside it. */
function traces(path: string): number {
  const name = path.slice(folder.length + 1);
  return readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .reduce((count, file) => count + tracesIn(join(folder, file)), 0);
}

const tracesIn = (file: string) => readFileSync(file, "latin1").split("s3cret").length - 1;
