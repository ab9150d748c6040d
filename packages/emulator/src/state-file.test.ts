import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { aCloud } from "./testing/a-cloud.ts";

test("what existed, and was about to happen, is there after a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const stateFile = join(folder, "state.json");
  try {
    const before = aCloud({ stateFile });
    const listening = await before.emulator.listen({ port: 0 });
    const server = await before.aServer({ tags: ["kept"] });
    await before.call("PATCH", `${server.path}/user_data/cloud-init`, "#cloud-config");
    await before.act(server, "poweron");
    await listening.close();
    assert.deepEqual(readdirSync(folder), ["state.json"]);
    assert.equal(statSync(stateFile).mode & 0o777, 0o600);

    const after = aCloud({ stateFile });
    assert.equal(await after.stateOf(server), "starting");
    after.pass(16);
    assert.equal(await after.stateOf(server), "running");
    assert.equal((await after.call("GET", `${server.path}/user_data/cloud-init`)).text, "#cloud-config");
    assert.notEqual((await after.aServer()).id, server.id);
    assert.equal(after.emulator.history().filter((one) => one.kind === "machine").length, 2);
    after.emulator.flush();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a file that is no emulator's is named, with what is wrong with it, and left as it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const file = join(folder, "state.json");
  try {
    for (const [text, why] of [
      ['{"torn', "it is not JSON"],
      ['{"a":1}', "it holds something else"],
      ['{"version":1}', ""],
    ] as const) {
      writeFileSync(file, text);
      assert.throws(
        () => aCloud({ stateFile: file }),
        new RegExp(`^Error: read the emulator's state from ${file}: ${why}`),
      );
      assert.equal(readFileSync(file, "utf8"), text);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a file that cannot be written is refused before there is anything to lose", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const file = join(folder, "no", "state.json");
  try {
    assert.throws(
      () => aCloud({ stateFile: file }),
      new RegExp(`^Error: keep the emulator's state in ${file}: `),
    );
    mkdirSync(join(folder, "no"));
    assert.doesNotThrow(() => aCloud({ stateFile: file }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
