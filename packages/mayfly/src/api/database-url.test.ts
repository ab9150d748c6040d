import assert from "node:assert/strict";
import { test } from "node:test";
import { readDatabaseUrl } from "./database-url.ts";

test("a database is named by its URL", () => {
  for (const url of [
    "postgres://mayfly@db.example/mayfly",
    "postgresql://mayfly:s3cret@[::1]:5433/mayfly?sslmode=verify-full",
    "postgres:///mayfly?host=/var/run/postgresql",
  ])
    assert.deepEqual(readDatabaseUrl(url, "--database"), { url });
});

test("what is no such URL is refused without being repeated", () => {
  for (const text of [
    "",
    "s3cret",
    "mysql://u:s3cret@host/mayfly",
    "postgres://u:s3cret@host",
    "postgres://u:s3cret@host/",
    "postgres://u:s3cret@host/a/b",
    " postgres://u:s3cret@host/mayfly",
    "postgres:///mayfly",
  ]) {
    const read = readDatabaseUrl(text, "--database");
    assert.ok("message" in read, text);
    assert.equal(read.path, "--database");
    assert.doesNotMatch(JSON.stringify(read), /s3cret/);
  }
});
