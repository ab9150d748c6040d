import assert from "node:assert/strict";
import { test } from "node:test";
import type { GuestMachine } from "../../guest.ts";
import { SENTINELS } from "../seed/sentinels.ts";
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

test("a guest that is played writes what it likes each time it is up, knowing its user data", async () => {
  const seen: GuestMachine[] = [];
  const guest = (machine: GuestMachine) => {
    seen.push(machine);
    return { boots: String(seen.length) };
  };
  const { call, aServer, act, pass } = aCloud({ guest });
  const server = await aServer({ name: "lab", commercial_type: SENTINELS.guestFails });
  await call("PATCH", `${server.path}/user_data/cloud-init`, "#cloud-config");
  const boots = async () => (await call("GET", `${server.path}/user_data/boots`)).text;
  await act(server, "poweron");
  pass(60);
  assert.equal(await boots(), "");
  pass(60);
  assert.equal(await boots(), "1");
  await act(server, "reboot");
  pass(200);
  assert.equal(await boots(), "2");
  assert.deepEqual(seen[0], {
    id: server.id,
    name: "lab",
    userData: { "cloud-init": "#cloud-config" },
    fails: true,
  });
});

test("a system is up at its address when it has published its keys, until it stops", async () => {
  const { call, aServer, act, pass, emulator } = aCloud();
  const server = await aServer({ dynamic_ip_required: true });
  await act(server, "poweron");
  pass(30);
  const { address } = (await call("GET", server.path)).json.server.public_ips[0];
  assert.equal(emulator.console.isUp(address), false);
  pass(90);
  assert.equal(emulator.console.isUp(address), true);
  assert.equal(emulator.console.isUp("192.0.2.1"), false);
  await act(server, "poweroff");
  assert.equal(emulator.console.isUp(address), false);
});
