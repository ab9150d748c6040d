import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openLog } from "./open-log.ts";

const modeOf = (path: string) => statSync(path).mode & 0o777;

test("a log that others could read is closed to them", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "service.log");
  writeFileSync(path, "", { mode: 0o644 });
  openLog({ logDestination: path });
  assert.equal(modeOf(path), 0o600);
});

test("a device that everybody writes to stays open to all", (t) => {
  const before = modeOf("/dev/null");
  t.after(() => modeOf("/dev/null") === before || chmodSync("/dev/null", before));
  openLog({ logDestination: "/dev/null" });
  assert.equal(modeOf("/dev/null"), before);
});
