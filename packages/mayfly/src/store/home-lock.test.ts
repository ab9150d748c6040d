import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lockHome } from "./home-lock.ts";

test("a home has one holder at a time, and the next one after it let go", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-lock-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "lock");
  const release = lockHome(path);
  assert.ok(release);
  assert.equal(lockHome(path), undefined);
  release();
  const again = lockHome(path);
  assert.ok(again);
  again();
});

test("a holder that is killed holds nothing", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-lock-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "lock");
  const source = `import { lockHome } from ${JSON.stringify(join(import.meta.dirname, "home-lock.ts"))};
    if (!lockHome(${JSON.stringify(path)})) process.exit(3);
    console.log("held"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  assert.equal(lockHome(path), undefined);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const release = lockHome(path);
  assert.ok(release);
  release();
});
