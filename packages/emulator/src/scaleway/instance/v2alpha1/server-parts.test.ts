import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, VOLUMES } from "../../../testing/a-cloud.ts";

const SERVERS = "/instance/v2alpha1/zones/fr-par-1/servers";
const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";

test("a volume goes into a server and out again", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  const { id } = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 20e9 } })).json;
  const path = `${SERVERS}/${server.id}`;
  const attached = await call("POST", `${path}/attach-volume`, {
    volume_id: id,
    volume_type: "sbs",
    boot_volume: true,
  });
  assert.deepEqual(attached.json.volumes[1], { id, volume_type: "sbs" });
  assert.equal(attached.json.boot_volume_id, id);
  assert.equal(
    (await call("POST", `${path}/attach-volume`, { volume_id: id })).json.precondition,
    "resource_still_in_use",
  );
  const detached = await call("POST", `${path}/detach-volume`, { volume_id: id });
  assert.equal(detached.json.volumes.length, 1);
});

test("volumes that are not there, or not named, are refused", async () => {
  const { call, aServer } = aCloud();
  const path = `${SERVERS}/${(await aServer()).id}`;
  assert.equal((await call("POST", `${path}/attach-volume`, {})).json.details[0].reason, "required");
  assert.equal(
    (await call("POST", `${path}/attach-volume`, { volume_id: "mine" })).json.details[0].reason,
    "format",
  );
  assert.equal(
    (await call("POST", `${path}/attach-volume`, { volume_id: UNKNOWN })).json.resource,
    "instance_volume",
  );
  assert.equal((await call("POST", `${path}/detach-volume`, { volume_id: UNKNOWN })).status, 400);
});

test("an address moves between servers only if the caller allows it", async () => {
  const { call, aServer } = aCloud();
  const [a, b] = [await aServer(), await aServer()];
  const [first, second] = [(await call("POST", IPS, {})).json.ip, (await call("POST", IPS, {})).json.ip];
  const ipsOf = async (id: string): Promise<[string, boolean][]> =>
    (await call("GET", `${SERVERS}/${id}`)).json.public_network_interface.ips.map(
      (ip: { id: string; default: boolean }) => [ip.id, ip.default],
    );

  await call("POST", `${SERVERS}/${a.id}/attach-ip`, { ip_id: first.id });
  await call("POST", `${SERVERS}/${a.id}/attach-ip`, { ip_id: second.id, default: true });
  assert.deepEqual(await ipsOf(a.id), [
    [second.id, true],
    [first.id, false],
  ]);
  await call("POST", `${SERVERS}/${a.id}/set-default-ip`, { ip_id: first.id });
  assert.deepEqual((await ipsOf(a.id))[0], [first.id, true]);

  const taken = await call("POST", `${SERVERS}/${b.id}/attach-ip`, { ip_id: first.id });
  assert.equal(taken.json.precondition, "resource_still_in_use");
  await call("POST", `${SERVERS}/${b.id}/attach-ip`, { ip_id: first.id, move_allowed: true });
  assert.deepEqual(await ipsOf(b.id), [[first.id, true]]);
  await call("POST", `${SERVERS}/${b.id}/detach-ip`, { ip_id: first.id });
  assert.deepEqual(await ipsOf(b.id), []);
});

test("addresses of others are neither detached nor made the default", async () => {
  const { call, aServer } = aCloud();
  const path = `${SERVERS}/${(await aServer()).id}`;
  const { ip } = (await call("POST", IPS, {})).json;
  for (const action of ["detach-ip", "set-default-ip"])
    assert.equal(
      (await call("POST", `${path}/${action}`, { ip_id: ip.id })).json.details[0].reason,
      "constraint",
    );
  assert.equal((await call("POST", `${path}/attach-ip`, { ip_id: UNKNOWN })).json.resource, "instance_ip");
  assert.equal((await call("POST", `${path}/attach-ip`, {})).json.details[0].reason, "required");
});

test("network cards go with their server, unless the caller keeps them", async () => {
  const { call, aServer, emulator } = aCloud();
  const network = (await call("POST", "/vpc/v2/regions/fr-par/private-networks", { name: "lab" })).json;
  const nics = "/instance/v2alpha1/zones/fr-par-1/private-network-interfaces";
  for (const [query, left] of [
    ["", 0],
    ["?keep_all_private_nics=true", 1],
    [`?delete_private_nic_ids=${UNKNOWN}`, 2],
  ] as const) {
    const server = await aServer();
    const order = { private_network_id: network.id, server_id: server.id };
    const { id } = (await call("POST", nics, order)).json;
    const { json: shown } = await call("GET", `${SERVERS}/${server.id}`);
    assert.equal(shown.private_network_interfaces[0].id, id);
    await call("DELETE", `${SERVERS}/${server.id}${query}`);
    assert.equal(emulator.leftovers().privateNics.length, left);
    if (left > 0) assert.equal((await call("GET", `${nics}/${id}`)).json.server_id, "");
  }
});

test("a file system goes onto a server that can take it", async () => {
  const { call, aServer, pass } = aCloud();
  const able = `${SERVERS}/${(await aServer({ commercial_type: "POP2-HM-8C-64G" })).id}`;
  const unable = `${SERVERS}/${(await aServer()).id}`;
  const order = { filesystem_id: UNKNOWN };
  assert.equal(
    (await call("POST", `${unable}/attach-filesystem`, order)).json.details[0].reason,
    "constraint",
  );
  assert.deepEqual((await call("POST", `${able}/attach-filesystem`, order)).json.filesystems, [
    { id: UNKNOWN, status: "attaching" },
  ]);
  pass(60);
  assert.equal((await call("GET", able)).json.filesystems[0].status, "available");
  assert.equal(
    (await call("POST", `${able}/detach-filesystem`, order)).json.filesystems[0].status,
    "detaching",
  );
  pass(60);
  assert.deepEqual((await call("GET", able)).json.filesystems, []);
});
