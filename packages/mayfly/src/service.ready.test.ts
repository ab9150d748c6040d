import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { suite, test } from "node:test";
import type { TestContext } from "node:test";
import type { InstanceView } from "./api/instance-view.ts";
import { processScene } from "./testing/process-scene.ts";
import { whatChildrenInherit } from "./testing/what-children-inherit.ts";

const MAIN = join(import.meta.dirname, "cli/main.ts");
const LOG = "This guest is emulated, and its type fails on purpose.";
const timeout = 240_000;

async function aScene(t: TestContext) {
  const { home, startCloud, startService } = processScene(t);
  const cloud = await startCloud();
  const service = await startService({ env: cloud.env, logLevel: "debug" });
  await service.answers();
  const env = { ...whatChildrenInherit(), HOME: home, MAYFLY_HOME: home, ...cloud.env };
  async function mayfly(...argv: string[]) {
    const child = spawn(process.execPath, ["-C", "source", MAIN, ...argv], { cwd: home, env });
    child.stdin.end();
    const code = new Promise((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  }
  return { cloud, service, mayfly };
}

suite("a create that waits for more than the cloud", { concurrency: true }, () => {
  test("is done when cloud-init is, and says meanwhile what it waits for", { timeout }, async (t) => {
    const { mayfly } = await aScene(t);
    const made = await mayfly("create", "--name", "lab", "--ready", "cloud-init", "--wait");
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /lab {2}running/);
    assert.match(made.err, /its machine runs; waiting for cloud-init/);
    const { out } = await mayfly("status", "lab", "--json");
    const { ready, readyAt, awaiting } = JSON.parse(out) as InstanceView;
    assert.deepEqual([ready, typeof readyAt, awaiting], ["cloud-init", "string", undefined]);
  });

  test(
    "fails when cloud-init did, with the end of its log, which stays to be read and is nowhere else",
    { timeout },
    async (t) => {
      const { cloud, service, mayfly } = await aScene(t);
      const args = ["--name", "lab", "--type", "MAYFLY-GUEST-FAILS", "--ready", "cloud-init", "--wait"];
      const made = await mayfly("create", ...args);
      assert.equal(made.code, 1, made.out);
      assert.match(made.err, /lab .* is deleting and will not be running: cloud-init failed/);
      assert.ok(made.err.includes(`  | ${LOG}`), made.err);
      assert.equal((await mayfly("wait", "lab", "--for", "deleted", "--timeout", "2m")).code, 0);
      const { machines, volumes, addresses } = await cloud.leftovers();
      assert.deepEqual([machines, volumes, addresses], [[], [], []]);
      assert.ok((await mayfly("status", "lab")).out.includes(`  | ${LOG}`));
      for (const public_ of [await mayfly("list", "--all", "--json"), await mayfly("events", "lab")]) {
        assert.equal(public_.code, 0);
        assert.ok(!public_.out.includes(LOG));
      }
      assert.ok(!(service.out() + service.err()).includes(LOG));
    },
  );

  test("is refused for SSH where no address leads to the machine", { timeout }, async (t) => {
    const { mayfly } = await aScene(t);
    const refused = await mayfly("create", "--ready", "ssh");
    assert.equal(refused.code, 2, refused.out);
    assert.match(refused.err, /--ready: no address leads to the machines of an emulated cloud/);
  });
});
