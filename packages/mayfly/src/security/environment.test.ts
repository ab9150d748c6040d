import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { takeDotEnv } from "../cli/dot-env.ts";
import { readUserData } from "../cli/read-user-data.ts";
import { readConfig } from "../config.ts";
import { findCredentials } from "@mayfly/scaleway/credentials";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { notTried } from "../testing/not-tried.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-environment-"));
after(() => rmSync(folder, { recursive: true }));
const needsRoot = process.getuid?.() === 0 ? false : notTried("only root can give a file to somebody else");

const SECRET = "5ec2e700-aaaa-4bbb-8ccc-dddddddddddd";
const KEYS = {
  SCW_ACCESS_KEY: "SCWHOSTILEENV0000000",
  SCW_SECRET_KEY: SECRET,
  SCW_DEFAULT_PROJECT_ID: SECRET,
};

let made = 0;
function aFolderWith(dotEnv: string, mode = 0o644): string {
  const made_ = join(folder, `f-${made++}`);
  mkdirSync(made_);
  writeFileSync(join(made_, ".env"), dotEnv);
  chmodSync(join(made_, ".env"), mode);
  return made_;
}

/** What a `.env` makes of an environment, and what the user is told. */
function taken(where: string, before: NodeJS.ProcessEnv = {}) {
  const env = { ...before };
  const notes = takeDotEnv(where, env);
  return { env, notes };
}

test("a .env names an account, and the environment wins", () => {
  const where = aFolderWith("SCW_ACCESS_KEY=SCWX\nSCW_DEFAULT_PROJECT_ID='p'\nDATABASE_URL=x\n");
  assert.deepEqual(taken(where, { SCW_ACCESS_KEY: "SCWY" }), {
    env: { SCW_ACCESS_KEY: "SCWY", SCW_DEFAULT_PROJECT_ID: "p" },
    notes: [],
  });
});

for (const name of [
  "NODE_OPTIONS",
  "NODE_EXTRA_CA_CERTS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NODE_USE_ENV_PROXY",
  "HTTPS_PROXY",

  "LD_PRELOAD",
  "PATH",
  "HOME",
  "XDG_CONFIG_HOME",
  "XDG_RUNTIME_DIR",
  "TMPDIR",
  "MAYFLY_HOME",
  "MAYFLY_OWNER",
  "SCW_CONFIG_PATH",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_CA_BUNDLE",
  "__proto__",
  "constructor",
])
  test(`a .env of a folder that somebody else filled does not set ${name}`, () => {
    const { env, notes } = taken(aFolderWith(`${name}=./evil\n`));
    assert.deepEqual(Object.keys(env), []);
    assert.equal(Object.hasOwn(Object.prototype, "evil"), false);
    if (/^(NODE|MAYFLY|SCW|AWS)_/.test(name)) assert.match(notes.join(), new RegExp(`${name}: not taken`));
  });

test("a .env names an account on AWS, and an address for its calls only with its own key", () => {
  const account = "AWS_REGION=eu-west-1\nAWS_ACCESS_KEY_ID=AKIAX\nAWS_SECRET_ACCESS_KEY=x\n";
  assert.deepEqual(taken(aFolderWith(account)).env, {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIAX",
    AWS_SECRET_ACCESS_KEY: "x",
  });
  for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EC2"]) {
    const url = `${name}=https://evil.example\n`;
    assert.throws(() => taken(aFolderWith(url)), /your own would be sent there/);
    const own = { AWS_SECRET_ACCESS_KEY: "mine" };
    assert.throws(() => taken(aFolderWith(`${account}${url}`), own), /your own would be sent there/);
    assert.equal(taken(aFolderWith(`${account}${url}`)).env[name], "https://evil.example");
  }
});

test("a .env sends nobody's keys but its own to the address that it names", () => {
  const url = "SCW_API_URL=https://evil.example\n";
  assert.throws(() => taken(aFolderWith(url)), /your own would be sent there/);
  assert.throws(
    () => taken(aFolderWith(`${url}SCW_ACCESS_KEY=SCWX\n`), KEYS),
    /your own would be sent there/,
  );
  assert.throws(() => taken(aFolderWith(`${url}SCW_SECRET_KEY=x\n`), KEYS), /your own would be sent there/);
  assert.equal(taken(aFolderWith(`${url}SCW_SECRET_KEY=x\n`)).env["SCW_SECRET_KEY"], "x");
  assert.equal(
    taken(aFolderWith(url), { SCW_API_URL: "http://127.0.0.1" }).env["SCW_API_URL"],
    "http://127.0.0.1",
  );
});

test("a .env that others can write to, or that somebody else owns, is not read", { skip: needsRoot }, () => {
  for (const [mode, owner] of [
    [0o666, 0],
    [0o644, 65_534],
  ] as const) {
    const where = aFolderWith("SCW_ACCESS_KEY=SCWX\n", mode);
    chownSync(join(where, ".env"), owner, owner);
    const { env, notes } = taken(where);
    assert.deepEqual(env, {});
    assert.match(notes.join(), /is not read: it is no file, or others can write to it/);
  }
});

test("a .env that is a pipe, a folder or endless holds nobody up", { timeout: 20_000 }, () => {
  const pipe = aFolderWith("");
  rmSync(join(pipe, ".env"));
  assert.equal(spawnSync("mkfifo", [join(pipe, ".env")]).status, 0);
  const inside = aFolderWith("");
  rmSync(join(inside, ".env"));
  mkdirSync(join(inside, ".env"));
  for (const where of [pipe, inside, aFolderWith(`SCW_ACCESS_KEY=${"x".repeat(1_000_000)}`)])
    assert.match(taken(where).notes.join(), /is not read/);
});

test("user data are read from a file of bounded size, and a pipe without a writer is not waited for", () => {
  const pipe = join(folder, "pipe");
  assert.equal(spawnSync("mkfifo", [pipe]).status, 0);
  const large = join(folder, "large");
  writeFileSync(large, "x".repeat(1_000_000));
  for (const [file, why] of [
    [pipe, /is not a file/],
    ["/dev/zero", /is not a file/],
    [folder, /is not a file/],
    [large, /more than the \d+ bytes that fit/],
  ] as const) {
    const problem = readUserData(file);
    assert.ok(typeof problem === "object");
    assert.match(problem.message, why);
  }
});

test("a configuration that is no JSON is told where, and nothing of it is repeated", () => {
  const file = join(folder, "config.json");
  for (const text of [
    `{"accounts":{"a":{"secretKey":${SECRET}}}}`,
    `${SECRET}`,
    '{"secretKey":hunter2}',
    "hunter2",
    '{"secretKey":"hunter2" "x"}',
    `{"accounts":"${SECRET}`,
    "[".repeat(500_000),
    `{"accounts":{"__proto__":{"provider":"scaleway"},"constructor":{"provider":"${SECRET}"}}}`,
    `{"accounts":{"a":{"provider":"scaleway","zone":["${SECRET}"],"projectId":{"${SECRET}":1}}}}`,
  ]) {
    writeFileSync(file, text);
    const read = readConfig(file);
    assert.ok("problems" in read, text.slice(0, 60));
    const told = JSON.stringify(read.problems);
    assert.ok(told.length < 2_000, told.slice(0, 200));
    assert.ok(!told.includes(SECRET.slice(0, 8)) && !told.includes("hunter2"), told);
  }
});

test("a configuration that is a pipe, a folder or too large is refused", { timeout: 20_000 }, () => {
  const large = join(folder, "large.json");
  writeFileSync(large, `{"accounts":{}}${" ".repeat(2 ** 20)}`);
  for (const path of [join(folder, "pipe"), folder, large])
    assert.match(JSON.stringify(readConfig(path)), /is not a file of at most 1048576 bytes/);
});

for (const [what, text] of Object.entries(hostileTexts))
  test(`credentials with a value that ${what} are refused without repeating a secret`, () => {
    for (const name of [
      ...Object.keys(KEYS),
      "SCW_DEFAULT_ZONE",
      "SCW_API_URL",
      "SCW_DEFAULT_ORGANIZATION_ID",
    ]) {
      const found = findCredentials({ env: { ...KEYS, HOME: folder, [name]: `${SECRET.slice(1)}${text}` } });
      assert.ok(!found.ok, name);
      const told = found.problems.map(({ message }) => message).join();
      expectPlain(name, told);
      assert.ok(!told.includes(SECRET.slice(1)), told);
    }
  });

for (const url of [
  "https://user:hunter2@api.example",
  "https://api.example/?key=hunter2",
  "https://api.example/#hunter2",
  "file:///hunter2",
  "javascript:hunter2",
  "//hunter2",
  "http://hunter2:x@",
  "unix:/hunter2",
])
  test(`an API address such as ${url.slice(0, 20)}… is refused, and not repeated`, () => {
    const found = findCredentials({ env: { ...KEYS, HOME: folder, SCW_API_URL: url } });
    assert.ok(!found.ok);
    assert.doesNotMatch(JSON.stringify(found), /hunter2/);
  });

test("a broken configuration file of scw gives no secret away", () => {
  const file = join(folder, "scw.yaml");
  for (const text of [
    `secret_key: "${SECRET}\n\tdefault: [\n`,
    `secret_key: [${SECRET}]\n`,
    `${SECRET}: {\n`,
    `&a ${SECRET}\n*b\n`,
  ]) {
    writeFileSync(file, text);
    const found = findCredentials({ env: { SCW_CONFIG_PATH: file, HOME: folder } });
    assert.ok(!found.ok, text);
    assert.ok(!JSON.stringify(found).includes(SECRET), JSON.stringify(found));
  }
});
