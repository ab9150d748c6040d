import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { readReport } from "../../../controllers/read-report.ts";
import { noPython } from "../../../testing/no-python.ts";
import { reporter } from "./reporter.ts";

const isRoot = process.getuid?.() === 0;

interface Guest {
  /** What `cloud-init status --wait` does, as a shell script. */
  cloudInit: string;
  log?: string;
  /** How often the metadata service refuses. @default 0 */
  refuses?: number;
}

interface Told {
  method: string | undefined;
  url: string | undefined;
  type: string | undefined;
  port: number;
  body: string;
}

/** Boots a guest on this machine, as far as the reporter goes: the boothook is run, and what it tells is waited for. */
async function boot(t: TestContext, guest: Guest): Promise<{ told: Told; asked: number }> {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-guest-"));
  const path = (name: string) => join(folder, name);
  let [asked, refuses] = [0, guest.refuses ?? 0];
  let tell: (told: Told) => void;
  const heard = new Promise<Told>((resolve) => (tell = resolve));
  const metadata = createServer((request, response) => {
    asked += 1;
    void text(request).then((body) => {
      const refused = refuses-- > 0;
      response.writeHead(refused ? 503 : 204).end();
      const { method, url, headers, socket } = request;
      if (!refused) tell({ method, url, type: headers["content-type"], port: socket.remotePort ?? 0, body });
    });
  });
  await new Promise<void>((resolve) => metadata.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    metadata.closeAllConnections();
    metadata.close();
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(path("cloud-init"), `#!/bin/sh\n${guest.cloudInit}\n`, { mode: 0o755 });
  if (guest.log !== undefined) writeFileSync(path("output.log"), guest.log);
  const hook = reporter({
    hosts: [["127.0.0.1", (metadata.address() as AddressInfo).port]],
    firstPauseS: 0.02,
    // Only root may take the ports that the real service wants.
    ...(!isRoot && { sourcePorts: [20_000, 29_999] as const }),
    log: path("output.log"),
  });
  // As cloud-init does it: without its first line, by itself.
  writeFileSync(path("hook"), hook.replace("#cloud-boothook\n", ""), { mode: 0o700 });
  const env = { PATH: `${folder}:${process.env["PATH"]}`, FOLDER: folder };
  const child = spawn(path("hook"), { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("exit", resolve)),
  ]);
  assert.deepEqual({ out, err, code }, { out: "", err: "", code: 0 });
  writeFileSync(path("booted"), "");
  const told = await heard;
  return { told, asked };
}

/** cloud-init is not over before the boothook is: who waited for the one in the other would wait for ever. */
const afterBoot = (status: string) => `while [ ! -e "$FOLDER/booted" ]; do sleep 0.02; done\n${status}`;
const ends = (words: string, code = 0) =>
  afterBoot(`[ "$*" = "status --wait" ] || exit 64\nprintf '....\\nstatus: ${words}\\n'\nexit ${code}`);

const options = { skip: noPython(), timeout: 60_000 };

test("a guest whose cloud-init is done says so, as text, to its own key", options, async (t) => {
  const { told } = await boot(t, { cloudInit: ends("done"), log: "a secret of the boot\n" });
  const { method, url, type, port, body } = told;
  assert.deepEqual([method, url, type], ["PATCH", "/user_data/mayfly-report", "text/plain"]);
  assert.deepEqual(JSON.parse(body), { version: 1, status: "done" });
  assert.deepEqual(readReport(body), { kind: "ready" });
  if (isRoot) assert.ok(port >= 600 && port < 1_024, `from port ${port}`);
});

for (const [what, cloudInit] of [
  ["by its word", ends("error", 1)],
  ["by its code", ends("done", 1)],
  ["by the word alone, as old ones do", ends("error", 0)],
] as const)
  test(`a guest whose cloud-init failed, ${what}, sends the end of its log`, options, async (t) => {
    const { told } = await boot(t, { cloudInit, log: "first\nE: no such package é\n" });
    const heard = readReport(told.body);
    assert.deepEqual(heard.kind === "failed" && heard.log, ["first", "E: no such package é"]);
  });

for (const [what, cloudInit] of [
  ["by its code", ends("done", 2)],
  ["by its word, where the code hides it", ends("degraded done")],
] as const)
  test(`a guest whose cloud-init ended with warnings, ${what}, is ready and says so`, options, async (t) => {
    const { told } = await boot(t, { cloudInit, log: "W: deprecated\n" });
    assert.deepEqual(readReport(told.body), {
      kind: "ready",
      note: "cloud-init ended with warnings",
      log: ["W: deprecated"],
    });
  });

test("of a long log 4 KiB are sent, and no character is cut", options, async (t) => {
  for (const start of ["", "x", "xx"]) {
    const { told } = await boot(t, { cloudInit: ends("error", 1), log: `${start}${"☃".repeat(5_000)}` });
    const { log } = JSON.parse(told.body) as { log: string };
    assert.match(log, /^☃+$/);
    assert.ok(log.length >= 1_364 && log.length <= 1_366, `${log.length}`);
  }
});

test("a log that is not text, or not there, holds nothing up", options, async (t) => {
  const odd = await boot(t, { cloudInit: ends("error", 1), log: "\u0000\u001B[2J\u0007" });
  assert.deepEqual(JSON.parse(odd.told.body), { version: 1, status: "error", log: "\u0000\u001B[2J\u0007" });
  const none = await boot(t, { cloudInit: ends("error", 1) });
  assert.deepEqual(JSON.parse(none.told.body), { version: 1, status: "error", log: "" });
});

test("a metadata service that refuses at first is told again", options, async (t) => {
  const { told, asked } = await boot(t, { cloudInit: ends("done"), refuses: 6 });
  assert.deepEqual(readReport(told.body), { kind: "ready" });
  assert.equal(asked, 7);
});

test("a cloud-init that cannot be asked so early is asked again", options, async (t) => {
  const early = `if [ ! -e "$FOLDER/asked" ]; then : > "$FOLDER/asked"; echo "no bus" >&2; exit 1; fi\n`;
  const { told } = await boot(t, { cloudInit: early + ends("done") });
  assert.deepEqual(readReport(told.body), { kind: "ready" });
});
