import assert from "node:assert/strict";
import { test } from "node:test";
import { processScene } from "../testing/process-scene.ts";
import { startDemo } from "../testing/start-demo.ts";

test("the demo shows an instance come up and what to try; a second one is refused, and Ctrl-C says what is left", async (t) => {
  const scene = processScene(t);
  const demo = startDemo(scene, t, ["--once"]);
  await demo.shows(/provisioning .*\n.* running /);
  assert.match(demo.out(), new RegExp(`export MAYFLY_HOME=${scene.home}/demo\n {2}npx mayfly list`));

  const second = startDemo(scene, t);
  assert.equal((await second.ended).code, 4);
  assert.match(second.err(), /the demo runs already/);

  demo.signal("SIGINT");
  assert.equal((await demo.ended).code, 130);
  assert.match(demo.out(), /\nmachines 1 volumes 1 addresses 0\n$/);
});
