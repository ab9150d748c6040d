import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { TestContext } from "node:test";
import { eventually } from "../../../testing/eventually.ts";
import { noPython } from "../../../testing/no-python.ts";
import { failsafe } from "./failsafe.ts";
import { failsafeProgram } from "./failsafe-program.ts";

const GRACE_S = 0.3;
const HANGS_UP = 0;
const options = { skip: noPython(), timeout: 60_000 };

/** An instance metadata service as its guests know it; what it says can be changed at any time. */
interface Metadata {
  tag: string | undefined;
  /** What the service takes the time to be; undefined: its answers are not dated. */
  now: (() => number) | undefined;
  status: number;
  /** How often it was asked, and when for the first time. */
  asked: number;
  firstAt?: number;
  /** What the tag is said to be once, before it is `tag` again. */
  once?: string;
  host: [string, number];
}

async function metadata(t: TestContext): Promise<Metadata> {
  const server = createServer((request, response) => {
    state.asked += 1;
    state.firstAt ??= Date.now();
    response.sendDate = false;
    if (state.now) response.setHeader("Date", new Date(state.now()).toUTCString());
    if (state.status === HANGS_UP) return request.socket.destroy();
    if (state.status !== 200) return response.writeHead(state.status).end("<html>no</html>");
    const { method, url, headers } = request;
    const ttl = headers["x-aws-ec2-metadata-token-ttl-seconds"];
    if (method === "PUT" && url === "/latest/api/token" && ttl !== undefined) return response.end("a-token");
    if (headers["x-aws-ec2-metadata-token"] !== "a-token") return response.writeHead(401).end();
    if (
      method !== "GET" ||
      url !== "/latest/meta-data/tags/instance/mayfly:expires" ||
      state.tag === undefined
    )
      return response.writeHead(404).end();
    const said = state.once ?? state.tag;
    state.once = undefined;
    return response.end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host: [string, number] = ["127.0.0.1", (server.address() as AddressInfo).port];
  const state: Metadata = { tag: at(3_600), now: Date.now, status: 200, asked: 0, host };
  return state;
}

const until = (isSo: () => boolean) => eventually(() => assert.ok(isSo()), { boundMs: 30_000, everyMs: 20 });

/** The tag of a deadline so many seconds from now. */
const at = (seconds: number): string =>
  new Date(Math.floor(Date.now() / 1000 + seconds) * 1000).toISOString().replace(".000Z", "Z");

/** A folder that comes first in PATH, with a `shutdown` that only notes when it was called, and how. */
function aFolder(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-failsafe-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  const command = (name: string, script: string) =>
    writeFileSync(path(name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  command("shutdown", `echo "$(date +%s.%N) $*" >> "${path("shut-down")}"`);
  const shutDown = () =>
    existsSync(path("shut-down")) ? readFileSync(path("shut-down"), "utf8").split("\n").slice(0, -1) : [];
  return { folder, path, command, shutDown, env: { PATH: `${folder}:${process.env["PATH"]}` } };
}

/** The program, at a pace of its own. */
async function aGuest(
  t: TestContext,
  { notBeforeS, graceS = GRACE_S }: { notBeforeS?: number; graceS?: number } = {},
) {
  const imds = await metadata(t);
  const place = aFolder(t);
  const program = failsafeProgram({ host: imds.host, graceS, everyS: 0.05, notBeforeS });
  const child = spawn("python3", ["-c", program], { env: place.env, stdio: ["ignore", "ignore", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const { shutDown } = place;
  return {
    imds,
    shutDown,
    said: () => said,
    /** It has looked so often that it would have shut down, had it been going to. */
    async expectStaysUp(why?: RegExp) {
      const [from, since] = [imds.asked, Date.now()];
      await until(() => imds.asked >= from + 10 && Date.now() > since + 2 * GRACE_S * 1000);
      assert.deepEqual(shutDown(), []);
      if (why) assert.match(said, why);
      assert.equal(child.exitCode, null);
    },
    async expectShutsDown() {
      await until(() => shutDown().length > 0);
      assert.match(shutDown()[0]!, /^[\d.]+ -P now$/);
    },
  };
}

describe("the failsafe in a guest of EC2", { concurrency: 10 }, () => {
  test(
    "a machine shuts itself down once its deadline and the grace have passed, not before",
    options,
    async (t) => {
      const guest = await aGuest(t);
      guest.imds.tag = at(2);
      const deadline = Date.parse(guest.imds.tag) / 1000;
      await guest.expectShutsDown();
      const shutAt = Number(guest.shutDown()[0]!.split(" ", 1)[0]);
      assert.ok(shutAt >= deadline + GRACE_S, `${shutAt} is before ${deadline} and the grace`);
      assert.match(guest.said(), /mayfly: shuts down at 20\d\d-/);
    },
  );

  test("a tag that moves ahead arms it anew", options, async (t) => {
    const guest = await aGuest(t);
    const first = at(3);
    guest.imds.tag = first;
    await until(() => guest.said().includes(first.replace("T", " ").replace("Z", "").slice(0, -2)));
    guest.imds.tag = at(3_600);
    await until(() => Date.now() > Date.parse(first) + GRACE_S * 1000);
    await guest.expectStaysUp();
    guest.imds.tag = at(-10);
    await guest.expectShutsDown();
  });

  for (const [what, change, why] of [
    ["a tag that is not there", { tag: undefined }, /is answered 404/],
    ["an empty tag", { tag: "" }, /the tag is no time: ''/],
    ["a tag that is no time", { tag: "soon" }, /the tag is no time: 'soon'/],
    ["a tag with a time that there is not", { tag: "2026-13-41T00:00:00Z" }, /does not match format/],
    ["a tag from before there was Mayfly", { tag: "1970-01-01T00:00:00Z" }, /the tag is no time/],
    ["a tag with more behind it", { tag: "2020-01-01T00:00:00Z and so on" }, /the tag is no time/],
    ["a tag in another time zone", { tag: "2020-01-01T00:00:00+02:00" }, /the tag is no time/],
    ["a metadata service that is switched off", { status: 403 }, /is answered 403/],
    ["a metadata service in trouble", { status: 500 }, /is answered 500/],
    ["a metadata service that hangs up", { status: HANGS_UP }, /no deadline to go by/],
    ["answers without a date", { now: undefined, tag: "2020-01-01T00:00:00Z" }, /the answer is not dated/],
  ] as const)
    test(`${what} ends nothing, and once it is mended the deadline counts`, options, async (t) => {
      const guest = await aGuest(t);
      Object.assign(guest.imds, change);
      await guest.expectStaysUp(why);
      Object.assign(guest.imds, { tag: at(-10), status: 200, now: Date.now });
      await guest.expectShutsDown();
    });

  for (const [whose, ahead] of [
    ["the guest's", -3_600],
    ["the metadata service's", 3_600],
  ] as const)
    test(`a clock that is ahead, ${whose}, ends nothing`, options, async (t) => {
      const guest = await aGuest(t);
      // By one of the two clocks the deadline has passed.
      guest.imds.tag = at(ahead < 0 ? -1_800 : 1_800);
      guest.imds.now = () => Date.now() + ahead * 1000;
      await guest.expectStaysUp(/shuts down at/);
      Object.assign(guest.imds, { tag: at(-10), now: Date.now });
      await guest.expectShutsDown();
    });

  test(
    "a guest that may not see its tag change waits for the last deadline that there can be",
    options,
    async (t) => {
      const notBeforeS = Math.floor(Date.now() / 1000) + 3;
      const guest = await aGuest(t, { notBeforeS });
      guest.imds.tag = at(-3_600);
      await guest.expectShutsDown();
      assert.ok(Number(guest.shutDown()[0]!.split(" ", 1)[0]) >= notBeforeS + GRACE_S);
    },
  );

  test(
    "a machine that was just started has the grace too, whatever its tag says by then",
    options,
    async (t) => {
      const guest = await aGuest(t, { graceS: 1.5 });
      guest.imds.tag = at(-3_600);
      await guest.expectShutsDown();
      const upForMs = Number(guest.shutDown()[0]!.split(" ", 1)[0]) * 1000 - guest.imds.firstAt!;
      // It began a moment before it asked.
      assert.ok(upForMs >= 500, `${upForMs} ms`);
    },
  );

  test("one answer alone, which may be older than the tag, ends nothing", options, async (t) => {
    const guest = await aGuest(t);
    await guest.expectStaysUp();
    guest.imds.once = at(-3_600);
    await until(() => guest.imds.once === undefined);
    await guest.expectStaysUp();
    guest.imds.tag = at(-10);
    await guest.expectShutsDown();
  });
});

/** As cloud-init does it: without its first line, by itself. */
function boot(place: ReturnType<typeof aFolder>, hook: string) {
  writeFileSync(place.path("hook"), hook.replace("#cloud-boothook\n", ""), { mode: 0o700 });
  const { stdout, stderr, status } = spawnSync(place.path("hook"), { env: place.env, encoding: "utf8" });
  assert.deepEqual({ stdout, stderr, status }, { stdout: "", stderr: "", status: 0 });
}

test("at a boot it becomes a service of its own, which is started again should it end", options, (t) => {
  const place = aFolder(t);
  place.command("systemd-run", `for word; do echo "$word"; done > "${place.path("asked")}"`);
  boot(place, failsafe({ folder: place.folder }));
  const words = readFileSync(place.path("asked"), "utf8").trim().split("\n");
  assert.ok(words.includes("--no-block") && words.includes("--unit=mayfly-failsafe"), words.join(" "));
  assert.ok(words.includes("Restart=always"));
  assert.equal(words.at(-1), place.path("mayfly-failsafe.py"));
  assert.equal(readFileSync(words.at(-1)!, "utf8"), failsafeProgram());
});

test("where there is no systemd it runs by itself, and holds no boot up", options, async (t) => {
  const place = aFolder(t);
  const imds = await metadata(t);
  imds.tag = at(-10);
  place.command("systemd-run", "exit 1");
  // The program would go on asking: who called this is ended with it.
  place.command("shutdown", `echo "$*" > "${place.path("shut-down")}"; kill -9 $PPID`);
  // Whoever boots here answers it too, and can do so only when the boot is over.
  boot(place, failsafe({ folder: place.folder, host: imds.host, graceS: 0.1, everyS: 0.05 }));
  await until(() => existsSync(place.path("shut-down")));
  assert.equal(readFileSync(place.path("shut-down"), "utf8").trim(), "-P now");
});
