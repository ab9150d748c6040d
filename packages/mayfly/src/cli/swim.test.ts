import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { asSwim } from "./as-swim.ts";
import { run } from "./run.ts";

const KEYS = {
  SCW_ACCESS_KEY: "SCWSWIMTEST000000000",
  SCW_SECRET_KEY: "11111111-2222-4333-8444-555555555555",
  SCW_PROJECT_ID: "105bdce1-64c0-48ab-899d-868455867ecf",
  SCW_DEFAULT_ZONE: "fr-par-1",
};

async function mayfly(words: string[], env: NodeJS.ProcessEnv = KEYS) {
  const written = { out: "", err: "" };
  const code = await run(words, {
    env: { HOME: "/nowhere", ...env },
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  });
  return { code, ...written };
}

test("a command line as SWIM's is one of swim, with one dash or two", () => {
  const lines: [string, string][] = [
    ["--redis h:1", "swim --redis h:1"],
    ["-redis=h:1 -verbose", "swim --redis=h:1 --verbose"],
    ["--verbose --interactive {}", "swim --verbose --interactive {}"],
    ["--home /h --json --dry-run --redis h:1", "swim --home /h --json --dry-run --redis h:1"],
    ["swim -redis h:1", "swim --redis h:1"],
    ["create --name redis", "create --name redis"],
    ["--json list", "--json list"],
    ["--home --redis list", "--home --redis list"],
    ["", ""],
  ];
  for (const [given, meant] of lines)
    assert.equal(asSwim(given.split(" ").filter(Boolean)).join(" "), meant, given);
});

test("anything but exactly one mode ends with 1", async () => {
  for (const line of ["--verbose", "--dry-run", "swim", "--redis h:1 --interactive {}"]) {
    const { code, err } = await mayfly(line.split(" "));
    assert.equal(code, 1, line);
    assert.match(err, /exactly one of --redis and --interactive is needed/);
  }
});

test("all that is missing of the account is named at once, unless a file has accounts", async () => {
  const { code, err } = await mayfly(["--redis", "h:1"], {});
  assert.equal(code, 2);
  for (const name of ["ACCESS_KEY", "SECRET_KEY", "PROJECT_ID", "DEFAULT_ZONE", "ORGANIZATION_ID"])
    assert.match(err, new RegExp(`SCW_${name}: is not set`));
  const { SCW_DEFAULT_ZONE: _, ...zoneless } = KEYS;
  const { err: zone } = await mayfly(["--interactive", "{}"], zoneless);
  assert.match(zone, /SCW_DEFAULT_ZONE: is not set/);
  assert.doesNotMatch(zone, /SECRET/);
});

test("an order that is wrong is refused with all its faults, before a service is started for it", async () => {
  const { code, err } = await mayfly(["--interactive", '{"TTLMinutes":0}']);
  assert.equal(code, 2);
  for (const name of ["ServerName", "ServerType", "ImageID", "WebUsername", "CloudInitFile"])
    assert.match(err, new RegExp(`${name}: is missing`));
  assert.match(err, /TTLMinutes: is 0/);
});

test("a cloud-init file is read from its folder only", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-swim-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const order = {
    ServerName: "x",
    ServerType: "DEV1-S",
    SecurityGroupName: "default",
    ImageID: "ubuntu_jammy",
    WebUsername: "u",
    WebLabID: 1,
    TTLMinutes: 1,
    CloudInitFile: "/etc/passwd",
  };
  const { code, err } = await mayfly(["--cloud-init-dir", folder, "--interactive", JSON.stringify(order)]);
  assert.equal(code, 2);
  assert.match(err, /\/etc\/passwd leads out of the folder/);
});

test("an address of no Redis is refused, and its password is not repeated", async () => {
  const { code, err } = await mayfly(["--redis", "http://u:secret@h"]);
  assert.equal(code, 2);
  assert.match(err, /is not redis:\/\/ or rediss:\/\//);
  assert.doesNotMatch(err, /secret/);
});
