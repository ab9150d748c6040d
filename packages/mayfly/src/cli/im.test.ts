import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./run.ts";

async function said(...argv: string[]) {
  let [out, err] = ["", ""];
  const code = await run(argv, {
    env: { HOME: "/nowhere", MAYFLY_HOME: "/nowhere" },
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  });
  return { code, out, err };
}

test("what an Instance Manager's command needs is told before anything is started", async () => {
  const create = await said("im", "-d", "1m", "create");
  assert.equal(create.code, 2);
  assert.match(create.err, /--public-key.*is needed/);
  const extend = await said("im", "extend");
  assert.match(extend.err, /--instance-id.*is needed[^]*--duration.*is needed/);
});

test("a value that stands before the command is not taken for one", async () => {
  const { code, err } = await said("im", "--instance-id", "create", "--duration=1h", "extent");
  assert.equal(code, 2);
  assert.match(err, /"extent" is not a command of im[^]*did you mean mayfly im extend\?/);
});

test("the Instance Manager's help says its options", async () => {
  const { code, out } = await said("im", "create", "--help");
  assert.equal(code, 0);
  for (const option of [
    "--instance-type",
    "--duration",
    "--public-key",
    "--availability-zone",
    "--provider",
    "--no-failsafe",
  ])
    assert.ok(out.includes(option), option);
});
