import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openDatabase } from "./open-database.ts";

// No kill of a process tells: only a power cut would. https://www.sqlite.org/pragma.html#pragma_synchronous
const FULL = 2;

test("what is committed is on the disk, in a log of its own, before anybody hears of it", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const database = openDatabase(join(folder, "mayfly.db"), 0);
  t.after(() => database.close());
  assert.deepEqual({ ...database.prepare("PRAGMA synchronous").get() }, { synchronous: FULL });
  assert.deepEqual({ ...database.prepare("PRAGMA journal_mode").get() }, { journal_mode: "wal" });
});
