import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

async function aVolume({ call }: Cloud): Promise<string> {
  return (await call("POST", VOLUMES, { name: "data", from_empty: { size: 5e9 } })).json.id;
}

test("volumes end up in the slots under which the request has them", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const [a, b, c] = [await aVolume(cloud), await aVolume(cloud), await aVolume(cloud)];
  const server = await aServer({ volumes: { "1": { id: a }, "2": { id: b } } });
  const root = { id: server.volumeId };
  const wanted = { "0": root, "1": { id: b }, "3": { id: c, volume_type: "sbs_volume" } };
  const { volumes, allowed_actions: can } = (await call("PATCH", server.path, { volumes: wanted })).json
    .server;
  const shown = Object.entries(volumes as Record<string, { id: string; state: string }>);
  assert.deepEqual(
    shown.map(([slot, { id, state }]) => [slot, id, state]),
    [
      ["0", server.volumeId, "available"],
      ["1", b, "available"],
      ["3", c, "attaching"],
    ],
  );
  assert.deepEqual(can, []);
  assert.equal((await call("GET", `${VOLUMES}/${a}`)).json.references[0].status, "detaching");
  const missing = await call("PATCH", server.path, { volumes: { "0": root, "1": { id: UNKNOWN } } });
  assert.deepEqual([missing.status, missing.json.resource], [404, "instance_volume"]);
});

test("a machine that runs gets a dynamic address when it is asked for, and loses it", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  pass(20);
  const ask = async (wanted: boolean) =>
    (await call("PATCH", server.path, { dynamic_ip_required: wanted })).json.server.public_ip;
  const ip = await ask(true);
  assert.deepEqual([ip.dynamic, ip.state, ip.family], [true, "pending", "inet"]);
  assert.equal(await ask(false), null);
});

test("the key for the administrator's password is set and taken away", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer({ admin_password_encryption_ssh_key_id: UNKNOWN });
  const read = async () => (await call("GET", server.path)).json.server.admin_password_encryption_ssh_key_id;
  assert.equal(await read(), UNKNOWN);
  await call("PATCH", server.path, { admin_password_encryption_ssh_key_id: "" });
  assert.equal(await read(), undefined);
});

test("a server that is written back whole keeps what it is made of", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  const shown = (await call("GET", server.path)).json.server;
  const set = (await call("PUT", server.path, { ...shown, name: "web", volumes: {} })).json.server;
  assert.deepEqual([set.name, set.volumes], ["web", shown.volumes]);
  assert.equal((await call("PUT", server.path, {})).json.details[0].argument_name, "name");
});

test("what a machine boots from and whether it has IPv6 are changed, and shown by both APIs", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  const read = async (): Promise<unknown[]> => {
    const old = (await call("GET", server.path)).json.server;
    const newer = (await call("GET", server.path.replace("/v1/", "/v2alpha1/"))).json;
    return [old.boot_type, old.enable_ipv6, newer.rescue_mode];
  };
  assert.deepEqual(await read(), ["local", false, false]);
  const changed = await call("PATCH", server.path, { boot_type: "rescue", enable_ipv6: true });
  assert.deepEqual([changed.json.server.boot_type, changed.json.server.enable_ipv6], ["rescue", true]);
  await call("PATCH", server.path, { name: "web" });
  assert.deepEqual(await read(), ["rescue", true, true]);
  await call("PUT", server.path, { name: "web", boot_type: "local" });
  assert.deepEqual(await read(), ["local", true, false]);
  assert.equal((await call("PATCH", server.path, { boot_type: "floppy" })).status, 400);
});
