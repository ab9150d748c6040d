import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
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
