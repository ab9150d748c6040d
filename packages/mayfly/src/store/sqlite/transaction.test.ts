import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { createTransaction } from "./transaction.ts";

function aDatabase() {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (a)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  const count = database.prepare("SELECT count(*) AS n FROM t");
  return { database, transaction: createTransaction(database, 0), insert, count: () => count.get()?.["n"] };
}

test("work that throws is rolled back, and the next is done", () => {
  const { transaction, insert, count } = aDatabase();
  const error = new Error("no");
  assert.throws(
    () =>
      transaction(() => {
        insert.run(1);
        throw error;
      }),
    error,
  );
  assert.equal(count(), 0);
  assert.equal(
    transaction(() => insert.run(2).changes),
    1,
  );
  assert.equal(count(), 1);
});

test("a full disk loses the transaction and nothing else", () => {
  const { database, transaction, insert, count } = aDatabase();
  transaction(() => insert.run(1));
  database.exec("PRAGMA max_page_count = 3");
  const fill = () => {
    insert.run(2);
    insert.run("x".repeat(100_000));
  };
  assert.throws(() => transaction(fill), /full/);
  assert.equal(database.isTransaction, false);
  assert.equal(count(), 1);
  transaction(() => insert.run(3));
  assert.equal(count(), 2);
});

test("another's lock is waited for once in vain, then only tried, and waited for again once it was had", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-transaction-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shared.db");
  const [database, other] = [new DatabaseSync(path, { timeout: 20 }), new DatabaseSync(path)];
  database.exec("CREATE TABLE t (a)");
  const transaction = createTransaction(database, 20);
  const insert = database.prepare("INSERT INTO t VALUES (1)");
  const waitsMs = () => database.prepare("PRAGMA busy_timeout").get()?.["timeout"];
  other.exec("BEGIN IMMEDIATE");
  for (const waited of [20, 0]) {
    assert.equal(waitsMs(), waited);
    assert.throws(() => transaction(() => insert.run()), /locked/);
  }
  other.exec("ROLLBACK");
  assert.equal(
    transaction(() => insert.run().changes),
    1,
  );
  assert.equal(waitsMs(), 20);
  for (const each of [database, other]) each.close();
});
