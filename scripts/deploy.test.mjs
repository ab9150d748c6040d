// What is in deploy/ cannot run here; that it is well-formed, and says nothing that Mayfly does not know, can be seen.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse, parseAllDocuments } from "yaml";
import { node, root } from "./root.mjs";

const read = (file) => readFileSync(join(root, "deploy", file), "utf8");

/** The same words with `--help`: all options are known, and nothing is started. */
function expectUnderstood(words) {
  const main = join(root, "packages/mayfly/src/cli/main.ts");
  const { status, stderr } = spawnSync(node, ["-C", "source", main, ...words, "--help"], {
    encoding: "utf8",
  });
  assert.equal(status, 0, `mayfly ${words.join(" ")}: ${stderr}`);
}

test("the compose file's services exist, wait for what is there, and start what Mayfly understands", () => {
  const { services, volumes } = parse(read("compose.yaml"), { merge: true });
  assert.deepEqual(Object.keys(services).sort(), ["api", "cloud", "postgres", "redis", "worker"]);
  assert.equal(services.worker.deploy.replicas, 2);
  for (const [name, service] of Object.entries(services)) {
    assert.ok(service.image, name);
    for (const other of Object.keys(service.depends_on ?? {}))
      assert.ok(services[other], `${name}: ${other}`);
    for (const mount of service.volumes ?? []) assert.ok(mount.split(":")[0] in volumes, `${name}: ${mount}`);
    if (service.image === "mayfly") expectUnderstood(service.command);
    if (service.healthcheck?.test[1] === "mayfly") expectUnderstood(service.healthcheck.test.slice(2));
  }
});

test("the Kubernetes manifest starts what Mayfly understands, and its selectors find their pods", () => {
  const documents = parseAllDocuments(read("kubernetes.yaml"), { merge: true });
  for (const { errors, warnings } of documents) assert.deepEqual([...errors, ...warnings], []);
  const objects = documents.map((document) => document.toJS());
  const deployments = objects.filter(({ kind }) => kind === "Deployment");
  assert.deepEqual(
    deployments.map(({ metadata }) => metadata.name),
    ["mayfly-worker", "mayfly-api"],
  );
  for (const { spec } of deployments) {
    assert.deepEqual(spec.selector.matchLabels, spec.template.metadata.labels);
    const { containers, volumes } = spec.template.spec;
    for (const { args, livenessProbe, readinessProbe, volumeMounts } of containers) {
      expectUnderstood(args);
      for (const probe of [livenessProbe, readinessProbe])
        if (probe) expectUnderstood(probe.exec.command.slice(1));
      const known = volumes.map(({ name }) => name);
      for (const { name } of volumeMounts) assert.ok(known.includes(name), name);
    }
  }
});

test("the systemd unit starts what Mayfly understands, and systemd has no complaint", (t) => {
  const path = join(root, "deploy/mayfly.service");
  const [, command] = /^ExecStart=\S*env mayfly (.*)$/m.exec(read("mayfly.service")) ?? [];
  expectUnderstood(command.split(" "));
  const verified = spawnSync("systemd-analyze", ["verify", path], { encoding: "utf8" });
  if (verified.error) return t.skip("no systemd-analyze here");
  assert.equal(verified.stderr, "");
});

test("the container file copies what there is, and runs as nobody's root", () => {
  const text = read("Containerfile");
  const copied = [...text.matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(([, from]) => from.split(" "));
  assert.ok(copied.length >= 8);
  for (const path of copied.map((one) => one.replace("/src/", "")))
    if (!path.endsWith("/dist")) assert.ok(existsSync(join(root, path)), path);
  const { workspaces, engines } = JSON.parse(
    readFileSync(join(root, "packages/mayfly/package.json"), "utf8"),
  );
  assert.equal(workspaces, undefined);
  assert.match(text, new RegExp(`node:${engines.node.replace(">=", "")}-`));
  assert.ok(text.lastIndexOf("USER node") > text.lastIndexOf("FROM"));
  const [, words] = /^CMD (.*)$/m.exec(text);
  expectUnderstood(JSON.parse(words));
});
