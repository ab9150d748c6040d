import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { implicitAccounts } from "./implicit-accounts.ts";

const NOWHERE = { HOME: "/nowhere" };
const SCW = {
  SCW_ACCESS_KEY: "SCWABCDEFGHIJKLMNOPQ",
  SCW_SECRET_KEY: "11111111-2222-4333-8444-555555555555",
  SCW_DEFAULT_PROJECT_ID: "105bdce1-64c0-48ab-899d-868455867ecf",
};
const names = (env: NodeJS.ProcessEnv) =>
  Object.entries(implicitAccounts(env)).map(([name, { provider }]) => `${name} at ${provider}`);

test("an environment's accounts are those that it names credentials for", () => {
  const aws = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" };
  assert.deepEqual(names({ ...NOWHERE, ...SCW }), ["default at scaleway"]);
  assert.deepEqual(names({ ...NOWHERE, ...aws }), ["aws at aws"]);
  assert.deepEqual(names({ ...NOWHERE, AWS_PROFILE: "lab" }), ["aws at aws"]);
  assert.deepEqual(names({ ...NOWHERE, ...SCW, ...aws }), ["default at scaleway", "aws at aws"]);
});

test("who has set up nothing is told of Scaleway, and who began with it, too", () => {
  assert.deepEqual(names(NOWHERE), ["default at scaleway"]);
  assert.deepEqual(names({ ...NOWHERE, SCW_ACCESS_KEY: "SCW" }), ["default at scaleway"]);
});

test("the AWS command line's own file counts only where nothing else was set up", (t) => {
  const home = mkdtempSync(join(tmpdir(), "mayfly-test-"));
  t.after(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws", "credentials"), "[default]\n");
  assert.deepEqual(names({ HOME: home }), ["aws at aws"]);
  assert.deepEqual(names({ HOME: home, ...SCW }), ["default at scaleway"]);
  assert.deepEqual(names({ HOME: home, SCW_PROFILE: "lab" }), ["default at scaleway"]);
});
