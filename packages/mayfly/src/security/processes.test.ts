import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { startChild } from "../testing/child.ts";
import { eventually } from "../testing/eventually.ts";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { processScene } from "../testing/process-scene.ts";
import { notTried } from "../testing/not-tried.ts";
import { whatChildrenInherit } from "../testing/what-children-inherit.ts";

const needsRoot =
  process.getuid?.() === 0 ? false : notTried("only root can start a program as somebody else");
const SOMEBODY = 65_534;
const MAIN = join(import.meta.dirname, "../cli/main.ts");

/** A cloud, and the command line as users start it; what that leaves running is stopped before the rest goes. */
async function aUser(t: TestContext, secretKey?: string) {
  let stop = async (): Promise<unknown> => undefined;
  t.after(() => stop());
  const scene = processScene(t);
  const cloud = await scene.startCloud(secretKey === undefined ? {} : { secretKey });
  const [home, cwd] = [join(scene.home, "state"), join(scene.home, "work")];
  mkdirSync(cwd);
  const env = { ...whatChildrenInherit(), HOME: scene.home, MAYFLY_HOME: home, ...cloud.env };
  async function mayfly(...argv: string[]) {
    const child = spawn(process.execPath, ["-C", "source", MAIN, ...argv], { cwd, env });
    child.stdin.end();
    const code = new Promise((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  }
  stop = () => mayfly("service", "stop");
  return { mayfly, cwd, home };
}

const pidOf = ({ out }: { out: string }) => (JSON.parse(out) as { pid: number }).pid;

test(
  "a service that a create starts has no secret in its arguments, and nothing that it keeps is open to others",
  { timeout: 120_000 },
  async (t) => {
    const [secretKey, canary] = [randomUUID(), `canary-${randomUUID()}`];
    const { mayfly, cwd, home } = await aUser(t, secretKey);
    writeFileSync(join(cwd, "init.yaml"), `#cloud-config\npassword: ${canary}\n`);
    mkdirSync(home, { mode: 0o755 });
    writeFileSync(join(home, "service.log"), "");
    chmodSync(join(home, "service.log"), 0o644);

    const created = await mayfly("create", "--user-data", "init.yaml", "--name", "lab");
    assert.equal(created.code, 0, created.err);
    const pid = pidOf(await mayfly("service", "status", "--json"));
    const said = [readFileSync(`/proc/${pid}/cmdline`, "utf8"), created.out, created.err];
    said.push(readFileSync(join(home, "service.log"), "utf8"));
    for (const heard of said) assert.ok(!heard.includes(secretKey) && !heard.includes(canary), heard);
    assert.match(said[0]!, /service\0--json/);
    for (const name of readdirSync(home)) assert.equal(statSync(join(home, name)).mode & 0o077, 0, name);
  },
);

test(
  "a .env of a folder that somebody else filled runs no program, and gets no key of ours",
  { timeout: 120_000 },
  async (t) => {
    const { mayfly, cwd } = await aUser(t);
    writeFileSync(
      join(cwd, "evil.cjs"),
      `require("node:fs").writeFileSync(${JSON.stringify(join(cwd, "pwned"))}, "")`,
    );
    writeFileSync(join(cwd, ".env"), `NODE_OPTIONS=--require=${join(cwd, "evil.cjs")}\nMAYFLY_HOME=${cwd}\n`);
    const created = await mayfly("create");
    assert.equal(created.code, 0, created.err);
    assert.ok(!existsSync(join(cwd, "pwned")) && !existsSync(join(cwd, "mayfly.db")));
    assert.match(created.err, /MAYFLY_HOME, NODE_OPTIONS: not taken from a file/);
  },
);

test(
  "what a hostile cloud says is told in a log of one plain line of JSON for each thing",
  { timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const texts = Object.values(hostileTexts);
    for (const [afterCalls, said] of texts.entries()) {
      const body = {
        type: said,
        message: said,
        resource: said,
        details: [{ reason: said }],
        fields: { [said]: [said] },
      };
      const match = { operation: "createServer", afterCalls };
      await cloud.fault({ match, times: 1, effect: { kind: "status", status: 403, body } });
    }
    const service = await scene.startService({ env: cloud.env, logLevel: "debug" });
    await service.answers();
    for (const at of texts.keys()) await service.client.create({ name: `lab-${at}` });
    const failed = () => service.out().split('"step":"create"').length - 1;
    await eventually(() => assert.ok(failed() >= texts.length), { boundMs: 60_000 });
    service.signal("SIGTERM");
    await service.ended;
    const lines = service.out().trimEnd().split("\n");
    for (const line of lines) {
      expectPlain("the log", line);
      assert.equal(typeof (JSON.parse(line) as { msg: unknown }).msg, "string");
    }
    assert.match(service.out(), /touch pwned/, "what the cloud said was told");
  },
);

test(
  "somebody else on this machine can neither ask the service nor read what it keeps",
  { skip: needsRoot, timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const env = { ...cloud.env, HOME: scene.home, MAYFLY_HOME: scene.home };
    const child = startChild("run-mayfly.ts", {
      args: ["service", "--json", "--port", "0"],
      env,
      cwd: scene.home,
    });
    t.after(() => child.kill());
    const url = await eventually(
      () => {
        const found = /"url":"([^"]+)"/.exec(child.out())?.[1];
        assert.ok(found, child.out() + child.err());
        return found;
      },
      { boundMs: 30_000 },
    );
    // Also where the home is not closed by itself.
    chmodSync(scene.home, 0o755);
    const files = readdirSync(scene.home).map((name) => join(scene.home, name));
    assert.ok(files.length >= 5, files.join());
    const attack = `
    const [url, ...files] = ${JSON.stringify([url, ...files])};
    const fs = require("node:fs"), net = require("node:net");
    const outcome = {};
    for (const file of files) {
      try { fs.closeSync(fs.openSync(file, "r")); outcome[file] = "open"; } catch (error) { outcome[file] = error.code; }
      try { fs.closeSync(fs.openSync(file, "a")); outcome[file] += " open"; } catch (error) { outcome[file] += " " + error.code; }
    }
    const socket = files.find((file) => file.endsWith(".sock"));
    net.connect(socket).on("connect", () => (outcome.socket = "open")).on("error", (error) => (outcome.socket = error.code))
      .on("close", async () => {
        const answer = await fetch(url + "/v1/instances");
        outcome.port = answer.status;
        console.log(JSON.stringify(outcome));
        process.exit();
      });`;
    const options = { uid: SOMEBODY, gid: SOMEBODY, cwd: "/", encoding: "utf8" } as const;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", attack], options);
    assert.equal(stderr, "");
    const { port, socket, ...outcomes } = JSON.parse(stdout) as Record<string, string | number>;
    assert.deepEqual([port, socket], [401, "EACCES"]);
    for (const [file, outcome] of Object.entries(outcomes))
      assert.match(String(outcome), /^(EACCES|ENXIO) (EACCES|ENXIO)$/, file);
  },
);

test(
  "an emulator is on the loopback interface alone, and is not controlled unless that was asked for",
  { timeout: 60_000 },
  async (t) => {
    for (const [args, status] of [
      [[], 404],
      [["--control"], 200],
    ] as const) {
      const child = startChild("run-mayfly.ts", { args: ["emulator", "--json", ...args] });
      t.after(() => child.kill());
      const { url } = JSON.parse(await child.firstLine) as { url: string };
      assert.equal((await fetch(`${url}/_emulator/leftovers`)).status, status);
      if (existsSync("/proc/net/tcp"))
        assert.deepEqual(addressesOn(Number(new URL(url).port)), ["127.0.0.1"]);
    }
  },
);

/** Which addresses of this machine listen on a port. https://docs.kernel.org/networking/proc_net_tcp.html */
function addressesOn(port: number): string[] {
  const lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => readFileSync(file, "utf8").split("\n"));
  const local = lines.map((line) => line.trim().split(/\s+/)).filter((words) => words[3] === "0A");
  return local
    .map((words) => words[1]!.split(":"))
    .filter(([, hex]) => Number.parseInt(hex!, 16) === port)
    .map(([address]) => Buffer.from(address!, "hex").reverse().join("."));
}
