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
  const lock = lockHome(path);
  assert.ok(lock);
  assert.equal(lockHome(path), undefined);
  lock.release();
  const again = lockHome(path);
  assert.ok(again);
  again.release();
});

test("a lock whose file was taken away says so, and can be had again", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-lock-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "lock");
  const lock = lockHome(path)!;
  assert.equal(lock.holds(), true);
  rmSync(path);
  assert.equal(lock.holds(), false);
  const again = lockHome(path)!;
  assert.deepEqual([lock.holds(), again.holds()], [false, true]);
  for (const each of [lock, again]) each.release();
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
  const lock = lockHome(path);
  assert.ok(lock);
  lock.release();
});
