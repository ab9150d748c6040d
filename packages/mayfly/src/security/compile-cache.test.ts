import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { notTried } from "../testing/not-tried.ts";

const BIN = join(import.meta.dirname, "../../bin/mayfly.js");
const notBuilt = existsSync(join(import.meta.dirname, "../../dist/cli/main.js"))
  ? false
  : notTried("mayfly is not built: npm run build");
const folder = mkdtempSync(join(tmpdir(), "mayfly-cache-"));
after(() => rmSync(folder, { recursive: true }));

/** What a command leaves in the folder of compiled code, which the next one runs as it is. */
function keptBy(cache: string): string[] {
  const env = { PATH: process.env["PATH"], HOME: folder, XDG_CACHE_HOME: cache };
  const { status, stderr } = spawnSync(process.execPath, [BIN, "--version"], { env, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return readdirSync(join(cache, "mayfly"));
}

test("compiled code is kept in a folder of this user's own", { skip: notBuilt }, () => {
  assert.notDeepEqual(keptBy(join(folder, "own")), []);
});

test("compiled code is neither kept nor looked for where others can put some", { skip: notBuilt }, () => {
  const open = join(folder, "open");
  mkdirSync(join(open, "mayfly"), { recursive: true });
  chmodSync(join(open, "mayfly"), 0o777);
  assert.deepEqual(keptBy(open), []);

  const linked = join(folder, "linked");
  mkdirSync(linked);
  symlinkSync(join(open, "mayfly"), join(linked, "mayfly"));
  assert.deepEqual(keptBy(linked), []);
});
