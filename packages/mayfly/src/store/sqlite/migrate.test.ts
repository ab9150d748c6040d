import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrations } from "../migrations/migrations.ts";
import { migrate } from "./migrate.ts";
import { createTransaction } from "./transaction.ts";

const second = { version: migrations.length + 1, sql: "CREATE TABLE later (a)" };
const noOwner = () => assert.fail("asked for an owner");
const versionOf = (database: DatabaseSync) => database.prepare("PRAGMA user_version").get()?.["user_version"];

test("migrations count from 1 without gaps", () => {
  assert.deepEqual(
    migrations.map((step) => step.version),
    migrations.map((_, index) => index + 1),
  );
});

test("each step is applied once, the owner is made by the first", () => {
  const database = new DatabaseSync(":memory:");
  const transaction = createTransaction(database, 0);
  migrate(database, transaction, migrations, () => "owner");
  migrate(database, transaction, [...migrations, second], noOwner);
  migrate(database, transaction, [...migrations, second], noOwner);
  assert.equal(versionOf(database), second.version);
  assert.equal(database.prepare("SELECT value FROM meta WHERE key = 'owner'").get()?.["value"], "owner");
});

test("a key of an older schema is as old as its instance", () => {
  const database = new DatabaseSync(":memory:");
  const transaction = createTransaction(database, 0);
  migrate(database, transaction, migrations.slice(0, 2), () => "owner");
  const columns = database
    .prepare("PRAGMA table_info(instances)")
    .all()
    .map((row) => String(row["name"]));
  const values = columns.map((column) => (column === "created_at" ? "7" : "'x'"));
  database.exec(`INSERT INTO instances (${columns.join(", ")}) VALUES (${values.join(", ")})`);
  database.exec("INSERT INTO idempotency_keys (key, instance_id) VALUES ('k', 'x')");
  migrate(database, transaction, migrations, noOwner);
  const keys = database.prepare("SELECT key, at FROM idempotency_keys").all();
  assert.deepEqual(
    keys.map(({ key, at }) => [key, at]),
    [["k", 7]],
  );
});

test("a step that fails leaves nothing behind, and those before it stand", () => {
  const database = new DatabaseSync(":memory:");
  const broken = { ...second, sql: "CREATE TABLE half (a); CREATE TABLE half (a)" };
  assert.throws(
    () => migrate(database, createTransaction(database, 0), [...migrations, broken], () => "owner"),
    /half/,
  );
  assert.equal(versionOf(database), migrations.length);
  assert.deepEqual(database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'half'").all(), []);
});
