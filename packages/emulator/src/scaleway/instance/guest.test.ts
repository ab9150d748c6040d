import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";

test("a system publishes its host keys when it is up, and keeps them over a reboot", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer({ name: "lab" });
  const keys = async (): Promise<string[]> => (await call("GET", `${server.path}/user_data`)).json.user_data;
  const read = async () => (await call("GET", `${server.path}/user_data/ssh-host-fingerprints`)).text;
  await act(server, "poweron");
  pass(60);
  assert.deepEqual(await keys(), []);
  pass(60);
  assert.deepEqual(await keys(), ["ssh-host-fingerprints"]);
  const published = await read();
  assert.match(published, /^256 SHA256:[\w+/]{43} root@lab \(ECDSA\)\n/);
  await act(server, "reboot");
  pass(300);
  assert.equal(await read(), published);
});
