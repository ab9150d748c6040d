import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { deflateSync } from "node:zlib";
import { readReport } from "../../../controllers/read-report.ts";
import { eventually } from "../../../testing/eventually.ts";
import { noPython } from "../../../testing/no-python.ts";
import { consoleReport } from "./console-report.ts";
import { consoleReporter } from "./console-reporter.ts";

const packed = (report: string) => deflateSync(report).toString("base64");

/** Boots a guest on this machine, as far as the reporter goes, and reads its console until it says something. */
async function boot(t: TestContext, { cloudInit, log = "" }: { cloudInit: string; log?: string }) {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-console-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  writeFileSync(path("cloud-init"), `#!/bin/sh\n${cloudInit}\n`, { mode: 0o755 });
  writeFileSync(path("output.log"), log);
  writeFileSync(path("console"), "[ 1.0] Linux\n");
  const hook = consoleReporter({
    console: path("console"),
    firstPauseS: 0.02,
    giveUpAfterS: 5,
    log: path("output.log"),
  });
  writeFileSync(path("hook"), hook.replace("#cloud-boothook\n", ""), { mode: 0o700 });
  const env = { PATH: `${folder}:${process.env["PATH"]}` };
  const { stdout, stderr, status } = spawnSync(path("hook"), { cwd: folder, env, encoding: "utf8" });
  assert.deepEqual({ stdout, stderr, status }, { stdout: "", stderr: "", status: 0 });
  const reports = () => readFileSync(path("console"), "utf8").split("mayfly-report:").length - 1;
  await eventually(() => assert.ok(reports() >= 3), { boundMs: 30_000 });
  return readFileSync(path("console"), "utf8");
}

const options = { skip: noPython(), timeout: 60_000 };

test("a guest says on its console how cloud-init ended, again and again", options, async (t) => {
  const said = await boot(t, { cloudInit: "echo 'status: done'" });
  assert.deepEqual(readReport(consoleReport(said)), { kind: "ready" });
});

test("a guest whose cloud-init failed shows the end of its log", options, async (t) => {
  const log = "first\nE: no such package é\n";
  const said = await boot(t, { cloudInit: "echo 'status: error'; exit 1", log });
  const heard = readReport(consoleReport(said));
  assert.deepEqual(heard.kind === "failed" && heard.log, ["first", "E: no such package é"]);
});

test("of several reports the last whole one counts, whatever else the console shows", () => {
  const [one, two] = [packed("one"), packed("two")];
  assert.equal(consoleReport(""), undefined);
  assert.equal(consoleReport("[ 1.0] mayfly-report: is a word\r\nmayfly-report::\r\n"), undefined);
  assert.equal(
    consoleReport(`\nmayfly-report:${one}:\r\n[ 2.0] é\0\n\nmayfly-report:${two}:\nlogin: `),
    "two",
  );
  // Somebody wrote into the middle of the second, and the third is cut off.
  const broken = `${two.slice(0, 5)}\r\n[ 3.1] usb\r\n${two.slice(5)}`;
  assert.equal(
    consoleReport(`mayfly-report:${one}:\nmayfly-report:${broken}:\nmayfly-report:${two.slice(0, 9)}`),
    "one",
  );
  const damaged = `${two.slice(0, 4)}AAAA${two.slice(8)}`;
  assert.equal(consoleReport(`mayfly-report:${damaged}:\n`), undefined);
});

test("a report that unfolds without end is none", () => {
  assert.equal(consoleReport(`mayfly-report:${packed("x".repeat(10_000_000))}:`), undefined);
});
