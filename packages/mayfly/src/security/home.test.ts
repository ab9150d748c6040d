import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { TestContext } from "node:test";
import { run } from "../cli/run.ts";
import { socketPath } from "../client/socket-path.ts";
import { homeToken } from "../home-token.ts";
import { systemRandom } from "../random.ts";
import { startService } from "../service.ts";
import type { ServiceOptions } from "../service.ts";
import { notTried } from "../testing/not-tried.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-home-"));
after(() => rmSync(folder, { recursive: true }));

const SOMEBODY = 65_534;
const needsRoot = process.getuid?.() === 0 ? false : notTried("only root can give a file to somebody else");
const account = {
  SCW_API_URL: "http://127.0.0.1:1",
  SCW_ACCESS_KEY: "SCWHOSTILEHOME000000",
  SCW_SECRET_KEY: "11111111-2222-4333-8444-555555555555",
  SCW_DEFAULT_PROJECT_ID: "11111111-2222-4333-8444-555555555555",
};

function aHome(name: string, mode = 0o700): string {
  const home = join(folder, name);
  mkdirSync(home);
  chmodSync(home, mode);
  return home;
}

/** One that ends with its test, however that ends: a service that runs on would hold up the whole file. */
async function serviceIn(t: TestContext, home: string, options: Partial<ServiceOptions> = {}) {
  const service = await startService({ home, env: account, logDestination: "/dev/null", ...options });
  t.after(() => service.stop());
  return service;
}

/** Neither a service nor a client does anything there, not even leave a file. */
async function expectRefused(t: TestContext, home: string, why: RegExp): Promise<void> {
  const before = statSync(home).isDirectory() ? readdirSync(home) : [];
  await assert.rejects(serviceIn(t, home), why);
  for (const line of ["list", "create", "service status", "service stop", "doctor"]) {
    let err = "";
    const code = await run(line.split(" "), {
      env: { ...account, HOME: folder, MAYFLY_HOME: home },
      stdout: { write: () => true },
      stderr: { write: (text) => (err += text) },
    });
    assert.equal(code, 4, `${line}: ${err}`);
    assert.match(err, why);
  }
  if (statSync(home).isDirectory()) assert.deepEqual(readdirSync(home), before);
}

for (const mode of [0o777, 0o1777, 0o775, 0o722])
  test(`a home of mode ${mode.toString(8)}, which others can write to, is not used, with or without somebody's socket in it`, async (t) => {
    const home = aHome(`mode-${mode.toString(8)}`, mode);
    await expectRefused(t, home, /can be written to by others/);
    writeFileSync(join(home, "mayfly.sock"), "");
    await expectRefused(t, home, /can be written to by others/);
  });

test("a home that belongs to somebody else is not used", { skip: needsRoot }, async (t) => {
  const home = aHome("somebodys");
  chownSync(home, SOMEBODY, SOMEBODY);
  await expectRefused(t, home, /belongs to another user/);
});

test("a link to a home of somebody else's is not followed", { skip: needsRoot }, async (t) => {
  const home = aHome("behind-the-link");
  chownSync(home, SOMEBODY, SOMEBODY);
  symlinkSync(home, join(folder, "link"));
  await expectRefused(t, join(folder, "link"), /belongs to another user/);
});

test("a home that is a file is not used", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "precious");
  await assert.rejects(socketPath(file, {}), /is not a folder/);
  assert.equal(readFileSync(file, "utf8"), "precious");
});

test("a home that others can only read is used, and a home that is not there yet is made for this user alone", async (t) => {
  assert.ok(await socketPath(aHome("readable", 0o755), {}));
  const home = join(folder, "fresh", "home");
  await serviceIn(t, home);
  for (const made of [home, join(folder, "fresh")]) assert.equal(statSync(made).mode & 0o777, 0o700);
});

test("what is left in a home with a mode too wide is closed to others before it is used", async (t) => {
  const home = aHome("left-open", 0o755);
  const names = ["mayfly.db", "mayfly.lock", "service.log", "token"];
  for (const name of names) {
    writeFileSync(join(home, name), name === "token" ? `${"a".repeat(64)}\n` : "");
    chmodSync(join(home, name), 0o666);
  }
  const log = join(home, "service.log");
  const service = await serviceIn(t, home, { port: 0, logDestination: log });
  const files = readdirSync(home);
  for (const name of files) assert.equal(statSync(join(home, name)).mode & 0o077, 0, name);
  assert.ok(files.includes("mayfly.sock"));
  assert.equal((await fetch(`${service.url}/v1/health`)).status, 401);
  const headers = { Authorization: `Bearer ${"a".repeat(64)}` };
  assert.equal((await fetch(`${service.url}/v1/health`, { headers })).status, 200);
});

test("a link in the socket's place is not followed", async (t) => {
  const home = aHome("link-for-socket");
  writeFileSync(join(folder, "target"), "precious");
  symlinkSync(join(folder, "target"), join(home, "mayfly.sock"));
  await assert.rejects(serviceIn(t, home), /no socket/);
  assert.equal(readFileSync(join(folder, "target"), "utf8"), "precious");
});

test("a home's token is long, its own, the same tomorrow, and closed to others", () => {
  const [one, other] = [join(aHome("one"), "token"), join(aHome("other"), "token")];
  const token = homeToken(one, systemRandom);
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.equal(homeToken(one, systemRandom), token);
  assert.notEqual(homeToken(other, systemRandom), token);
  assert.equal(statSync(one).mode & 0o777, 0o600);
});

for (const text of ["", "short", "a b".repeat(30), "x\r\nSet-Cookie: a".repeat(4)])
  test(`a token file that says ${JSON.stringify(text.slice(0, 8))} lets nobody in`, () => {
    const path = join(aHome(`token-${Buffer.from(text).toString("hex").slice(0, 20)}`), "token");
    writeFileSync(path, text);
    assert.throws(() => homeToken(path, systemRandom), /it is not one/);
  });
