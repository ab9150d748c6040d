// A fence that catches nothing looks like a fence that holds: sow one violation of each kind and expect red.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

const root = join(import.meta.dirname, "..");
const sown = {
  "lifecycle-is-pure": ["packages/mayfly/src/lifecycle/sown-violation.ts", 'import "node:fs";'],
  "clouds-know-the-port": [
    "packages/mayfly/src/providers/scaleway/sown-violation.ts",
    'import "../fake/fake.ts";',
  ],
  "stores-and-schedulers-know-their-port": [
    "packages/mayfly/src/store/sown-violation.ts",
    'import "../controllers/sweep.ts";',
  ],
  "redis-knows-its-port": ["packages/mayfly/src/redis/sown-violation.ts", 'import "../store/store.ts";'],
  "controllers-know-ports": [
    "packages/mayfly/src/controllers/sown-violation.ts",
    'import "../store/sqlite.ts";',
  ],
  "clients-speak-http": ["packages/mayfly/src/client/sown-violation.ts", 'import "../store/store.ts";'],
  "emulator-is-independent": [
    "packages/emulator/src/sown-violation.ts",
    'import "../../mayfly/src/clock.ts";',
  ],
  "scaleway-is-independent": [
    "packages/scaleway/src/sown-violation.ts",
    'import "../../alchemy/src/refusal.ts";',
  ],
  "alchemy-knows-scaleway": ["packages/alchemy/src/sown-violation.ts", 'import "../../mayfly/src/clock.ts";'],
  "resources-need-no-engine": [
    "packages/alchemy/src/resources/sown-violation.ts",
    'import "../engine/adapt.ts";',
  ],
  "testing-stays-in-tests": [
    "packages/mayfly/src/controllers/sown-violation.ts",
    'import "../testing/silent-log.ts";',
  ],
};

/** By rule; none of these is tracked. */
const sources = new Map();
for (const [file, source] of Object.values(sown))
  sources.set(file, `${sources.get(file) ?? "export const sown = 1;\n"}${source}\n`);
const files = [...sources.keys()];

after(() => files.forEach((file) => rmSync(join(root, file), { force: true })));
for (const [file, source] of sources) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
}
const cruise = spawnSync(
  process.execPath,
  [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    ...files,
  ],
  { cwd: root, encoding: "utf8" },
);

test("sown violations are a failure", () => assert.notEqual(cruise.status, 0));

for (const [rule, [file, source]] of Object.entries(sown))
  test(`the fence ${rule} catches a sown violation`, () => {
    const lines = cruise.stdout.split("\n").filter((line) => line.includes(`error ${rule}: ${file} `));
    assert.ok(lines.length > 0, `${source} in ${file}: ${cruise.stdout}${cruise.stderr}`);
  });
