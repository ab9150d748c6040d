import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./root.mjs";

const read = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));
const lock = read("package-lock.json");
const workspace = read("package.json");
const manifests = readdirSync(join(root, "packages")).map((name) => read(`packages/${name}/package.json`));
const foreign = Object.entries(lock.packages).filter(
  ([path, { link }]) => path.includes("node_modules/") && link !== true,
);

test("every dependency is one version, by name and number", () => {
  for (const { dependencies = {}, devDependencies = {} } of [workspace, ...manifests])
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

test("every package comes from the registry, as the very bytes that were chosen", () => {
  assert.ok(foreign.length > 50);
  for (const [path, { integrity, resolved = "https://registry.npmjs.org/" }] of foreign) {
    assert.match(integrity ?? "", /^sha512-/, path);
    assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, path);
  }
});

test("no package runs a program while it is installed, but those that were allowed to", () => {
  const nameOf = (path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const allowed = Object.keys(workspace.allowScripts);
  const running = foreign
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => nameOf(path));
  assert.deepEqual(
    running.filter((name) => !allowed.includes(name)),
    [],
  );
});

test("what is shipped depends on few packages, each of which was chosen", () => {
  const chosen = new Set(
    readFileSync(join(root, "docs/adr/0007-dependencies.md"), "utf8").match(/@?[\w-]+(\/[\w-]+)?/g),
  );
  const named = (name) => chosen.has(name) || chosen.has(name.replace(/^@scaleway\//, ""));
  for (const { dependencies = {} } of manifests)
    for (const name of Object.keys(dependencies))
      assert.ok(name.startsWith("@mayfly/") || named(name), `${name} is in no record`);
});
