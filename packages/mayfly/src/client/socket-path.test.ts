import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { socketPath } from "./socket-path.ts";

const runtime = mkdtempSync(join(tmpdir(), "mayfly-run-"));
after(() => rmSync(runtime, { recursive: true }));

const long = (letter: string) => `/home/${letter.repeat(100)}`;
const env = { XDG_RUNTIME_DIR: runtime };

test("a socket lies in its home", async () => {
  assert.equal(
    await socketPath("/home/me/.local/state/mayfly", env),
    "/home/me/.local/state/mayfly/mayfly.sock",
  );
});

test("a home too deep for a socket has a folder for it that nobody else can enter, always the same", async () => {
  const path = await socketPath(long("a"), env);
  assert.equal(dirname(dirname(path)), runtime);
  assert.ok(Buffer.byteLength(path) <= 100);
  assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
  assert.equal(await socketPath(long("a"), env), path);
  assert.notEqual(await socketPath(long("b"), env), path);
});

test("a folder that others can enter is refused", async () => {
  const folder = dirname(await socketPath(long("c"), env));
  rmSync(folder, { recursive: true });
  mkdirSync(folder, { mode: 0o755 });
  await assert.rejects(socketPath(long("c"), env), /others own it or can enter it/);
});

test("a link in the folder's place is refused", async () => {
  const folder = dirname(await socketPath(long("d"), env));
  rmSync(folder, { recursive: true });
  mkdirSync(join(runtime, "elsewhere"), { mode: 0o700 });
  symlinkSync(join(runtime, "elsewhere"), folder);
  await assert.rejects(socketPath(long("d"), env), /it is a link/);
});
