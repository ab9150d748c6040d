import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findCredentials } from "./find-credentials.ts";

const KEY = "SCWABCDEFGHIJKLMNOPQ";
const [SECRET, PROJECT, ORGANIZATION, OTHER] = [1, 2, 3, 4].map(
  (n) => `${n}1111111-2222-4333-8444-555555555555`,
);
const nowhere = { HOME: "/nowhere" };

function aFile(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "scw-")), "config.yaml");
  writeFileSync(path, content);
  return path;
}

const FILE = `access_key: ${KEY}
secret_key: "${SECRET}"
default_project_id: ${PROJECT}
default_zone: nl-ams-1 # ours
profiles:
  work:
    default_project_id: ${OTHER}
`;

test("credentials come from the environment", () => {
  const env = { ...nowhere, SCW_ACCESS_KEY: KEY, SCW_SECRET_KEY: SECRET, SCW_PROJECT_ID: PROJECT };
  const credentials = {
    accessKey: KEY,
    secretKey: SECRET,
    projectId: PROJECT,
    organizationId: undefined,
    zone: undefined,
  };
  assert.deepEqual(findCredentials({ env }), { ok: true, credentials, zone: undefined, apiUrl: undefined });
});

test("the environment wins over the file, key by key", () => {
  const env = {
    SCW_CONFIG_PATH: aFile(FILE),
    SCW_DEFAULT_ZONE: "pl-waw-2",
    SCW_ORGANIZATION_ID: ORGANIZATION,
  };
  const found = findCredentials({ env });
  assert.ok(found.ok);
  assert.deepEqual(found.credentials, {
    accessKey: KEY,
    secretKey: SECRET,
    projectId: PROJECT,
    organizationId: ORGANIZATION,
    zone: "pl-waw-2",
  });
});

test("a profile is laid over the rest of the file, by the variable or by the file's own choice", () => {
  const chosen = findCredentials({ env: { SCW_CONFIG_PATH: aFile(FILE), SCW_PROFILE: "work" } });
  assert.ok(chosen.ok && chosen.credentials.projectId === OTHER && chosen.zone === "nl-ams-1");
  const active = findCredentials({ env: { SCW_CONFIG_PATH: aFile(`active_profile: work\n${FILE}`) } });
  assert.ok(active.ok && active.credentials.projectId === OTHER);
});

test("everything that is missing is told at once", () => {
  const found = findCredentials({ env: nowhere });
  assert.ok(!found.ok);
  assert.deepEqual(
    found.problems.map(({ name }) => name),
    ["SCW_ACCESS_KEY", "SCW_SECRET_KEY", "SCW_DEFAULT_PROJECT_ID"],
  );
});

test("what is malformed is told, and no secret is shown", () => {
  const env = {
    ...nowhere,
    SCW_ACCESS_KEY: "scw-no",
    SCW_SECRET_KEY: "hunter2",
    SCW_DEFAULT_PROJECT_ID: "mine",
  };
  const found = findCredentials({ env });
  assert.ok(!found.ok);
  assert.equal(found.problems.length, 3);
  for (const { message } of found.problems) assert.match(message, /is malformed/);
  assert.doesNotMatch(JSON.stringify(found), /hunter2/);
});

test("a named file that can't be read and a profile that isn't there are problems", () => {
  const lost = findCredentials({ env: { SCW_CONFIG_PATH: "/nowhere/config.yaml" } });
  assert.ok(!lost.ok && lost.problems[0]?.name === "SCW_CONFIG_PATH");
  const wrong = findCredentials({ env: { SCW_CONFIG_PATH: aFile(FILE), SCW_PROFILE: "play" } });
  assert.ok(!wrong.ok && /the profile play is not in/.test(wrong.problems[0]?.message ?? ""));
});
