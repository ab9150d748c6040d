import assert from "node:assert/strict";
import { test } from "node:test";
import { commands } from "./commands.ts";
import { run } from "./run.ts";

async function mayfly(line: string, env: NodeJS.ProcessEnv = {}, isTTY = false) {
  const written = { out: "", err: "" };
  const code = await run(line.split(" ").filter(Boolean), {
    env: { HOME: "/nowhere", ...env },
    stdout: { write: (text) => (written.out += text), isTTY },
    stderr: { write: (text) => (written.err += text), isTTY },
  });
  return { code, ...written };
}

test("help names every command, and each has help of its own", async () => {
  const { code, out } = await mayfly("help");
  assert.equal(code, 0);
  for (const name of Object.keys(commands)) {
    assert.match(out, new RegExp(`^  ${name} `, "m"));
    const [long, short] = [await mayfly(`help ${name}`), await mayfly(`${name} --help`)];
    assert.equal(long.code, 0);
    assert.equal(short.out, long.out);
    assert.match(long.out, new RegExp(`mayfly ${name}`));
  }
});

test("nothing, --help and help are the same; --version tells the version", async () => {
  const { out } = await mayfly("help");
  assert.equal((await mayfly("")).out, out);
  assert.equal((await mayfly("--help")).out, out);
  assert.match((await mayfly("--version")).out, /^mayfly \d/);
  assert.ok(JSON.parse((await mayfly("--json version")).out).version);
});

test("an option that there is not is refused, also where no command is", async () => {
  const { code, out, err } = await mayfly("--jsno");
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /--jsno: is not an option of this command\n {4}did you mean --json\?/);
});

test("exit codes are documented", async () => {
  assert.match((await mayfly("help exit-codes")).out, /3 {2}not found/);
});

test("for programs help is a document too", async () => {
  assert.equal(JSON.parse((await mayfly("--json")).out).commands.length, Object.keys(commands).length);
  const create = JSON.parse((await mayfly("help create --json")).out);
  assert.deepEqual([create.name, create.options.lifetime.value], ["create", "DURATION"]);
  assert.equal((await mayfly("create --help --json")).out, (await mayfly("help create --json")).out);
  assert.match(JSON.parse((await mayfly("help exit-codes --json")).out).exitCodes["4"], /^refused: /);
});

test("how long a stopped one is kept means nothing for one that its deadline deletes", async () => {
  const { code, err } = await mayfly("create --retain 2h");
  assert.equal(code, 2);
  assert.match(err, /--retain: .*\n {4}with --on-expiry stop/);
});

test("a mistyped command or topic is told the nearest one", async () => {
  const { code, out, err } = await mayfly("creat");
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /did you mean mayfly create\?/);
  assert.match((await mayfly("help exit-code")).err, /did you mean mayfly help exit-codes\?/);
  assert.equal((await mayfly("toString")).code, 2);
});

test("what is wrong with a request is told before a service is started for it", async () => {
  const { code, err } = await mayfly(
    "create --lifetime soon --retain x --root-volume big --on-expiry explode --user-data /no/such",
  );
  assert.equal(code, 2);
  for (const option of ["--lifetime", "--retain", "--root-volume", "--on-expiry", "--user-data"])
    assert.match(err, new RegExp(`^  ${option}: `, "m"));
});

test("all options of the service and of the emulator that are wrong are told at once", async () => {
  const service = await mayfly("service --port abc --role king --log-level loud");
  const emulator = await mayfly("emulator --port 70000 --time-scale 0");
  assert.deepEqual([service.code, emulator.code], [2, 2]);
  assert.match(service.err, /--port: .*\n {2}--role: .*\n {2}--log-level: /);
  assert.match(emulator.err, /--port: .*\n {2}--time-scale: /);
});

test("a service is not stopped by who gives options that mean something else", async () => {
  const { code, err } = await mayfly("service stop --port 8080");
  assert.equal(code, 2);
  assert.match(err, /--port: means nothing to service stop/);
});

test("an extend takes a duration or an instant, not both and not neither", async () => {
  for (const line of [
    "extend lab",
    "extend lab 30m --until 2030-01-01T00:00:00Z",
    "extend lab soon",
    "extend lab --until soon",
  ])
    assert.equal((await mayfly(line)).code, 2, line);
});

test("for programs an error is a problem document on standard error", async () => {
  const { code, out, err } = await mayfly("wait --json lab --for ever --timeout x");
  const document = JSON.parse(err);
  assert.deepEqual([code, out, document.status], [2, "", 400]);
  assert.deepEqual(
    document.problems.map(({ path }: { path: string }) => path),
    ["--for", "--timeout"],
  );
});

test("where nothing was ever made there is nothing to list, and nobody to ask about", async () => {
  assert.deepEqual(await mayfly("list --json"), { code: 0, out: '{"instances":[]}\n', err: "" });
  assert.equal((await mayfly("status lab")).code, 3);
  assert.equal((await mayfly("service status")).code, 1);
});

test("colour on standard output says nothing of standard error", async () => {
  const written = { err: "" };
  const stderr = { write: (text: string) => (written.err += text), isTTY: false };
  await run(["creat"], { env: {}, stdout: { write: () => true, isTTY: true }, stderr });
  assert.ok(!written.err.includes("\u001B["));
});

test("colour is for terminals, unless NO_COLOR or FORCE_COLOR say otherwise", async () => {
  const coloured = async (env: NodeJS.ProcessEnv, isTTY: boolean) =>
    (await mayfly("creat", env, isTTY)).err.includes("\u001B[");
  assert.equal(await coloured({}, true), true);
  assert.equal(await coloured({}, false), false);
  assert.equal(await coloured({ NO_COLOR: "1" }, true), false);
  assert.equal(await coloured({ TERM: "dumb" }, true), false);
  assert.equal(await coloured({ FORCE_COLOR: "1" }, false), true);
});
