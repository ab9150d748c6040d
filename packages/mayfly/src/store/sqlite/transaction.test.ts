import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { createTransaction } from "./transaction.ts";

function aDatabase() {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (a)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  const count = database.prepare("SELECT count(*) AS n FROM t");
  return { database, transaction: createTransaction(database), insert, count: () => count.get()?.["n"] };
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
