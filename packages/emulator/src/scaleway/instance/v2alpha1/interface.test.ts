import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, expectRefusal, INTERFACES } from "../../../testing/a-network.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const SERVERS = "/instance/v2alpha1/zones/fr-par-1/servers";

test("an interface is made for a server, found, tagged and deleted", async () => {
  const cloud = aCloud();
  const { call, aServer, pass } = cloud;
  const network = await aNetwork(cloud);
  const server = await aServer();
  const body = { private_network_id: network.id, server_id: server.id, ip_ids: [], tags: null };
  const made = (await call("POST", INTERFACES, body)).json;
  assert.deepEqual([made.status, made.security_group_id, made.tags], ["available", "", []]);
  assert.equal(made.ip_ids.length, 2);
  pass(1);
  const path = `${INTERFACES}/${made.id}`;
  const changed = (await call("PATCH", path, { tags: ["a"] })).json;
  assert.ok(changed.updated_at > made.updated_at);
  for (const [query, count] of [
    [`server_ids=${server.id}&project_id=${made.project_id}&order_by=created_at_desc`, 1],
    [`server_ids=${UNKNOWN}`, 0],
    [`private_network_ids=${network.id}`, 1],
    ["tags=a", 1],
    ["tags=b", 0],
  ] as const)
    assert.equal((await call("GET", `${INTERFACES}?${query}`)).json.total_count, count, query);
  assert.deepEqual((await call("GET", path)).json, changed);
  const [shown] = (await call("GET", `${SERVERS}/${server.id}`)).json.private_network_interfaces;
  assert.deepEqual([shown.id, shown.ip_ids], [made.id, made.ip_ids]);
  assert.equal((await call("DELETE", path)).status, 204);
  assert.equal((await call("GET", path)).json.resource, "instance_private_nic");
  assert.equal((await call("GET", ADDRESSES)).json.total_count, 0);
});

test("an interface is taken out of one server and put into another", async () => {
  const cloud = aCloud({ nicDeleteV2alpha1: "refuse" });
  const { call, aServer, act, pass, emulator } = cloud;
  const network = await aNetwork(cloud);
  const [one, other] = [await aServer(), await aServer()];
  await act(one, "poweron");
  pass(300);
  const { id } = (await call("POST", INTERFACES, { private_network_id: network.id, server_id: one.id })).json;
  pass(5);
  const path = `${INTERFACES}/${id}`;
  const named = { private_network_interface_id: id };
  const refused = { status: 412, about: "Can't delete a private network interface attached to a server" };
  await expectRefusal(cloud, ["DELETE", path], refused);
  const detached = await call("POST", `${SERVERS}/${one.id}/detach-private-network-interface`, named);
  assert.equal(detached.json.private_network_interfaces[0].status, "detaching");
  await expectRefusal(cloud, ["DELETE", path], refused);
  pass(5);
  const free = (await call("GET", path)).json;
  assert.deepEqual([free.status, free.server_id], ["available", ""]);
  assert.equal(emulator.leftovers().privateNics[0]?.state, "detached");

  const attached = await call("POST", `${SERVERS}/${other.id}/attach-private-network-interface`, named);
  assert.equal(attached.json.private_network_interfaces[0].id, id);
  await call("POST", `${SERVERS}/${other.id}/detach-private-network-interface`, named);
  assert.equal((await call("DELETE", path)).status, 204);
});

test("an interface that no server has outlives servers", async () => {
  const cloud = aCloud();
  const { call, aServer, emulator } = cloud;
  const network = await aNetwork(cloud);
  const server = await aServer();
  const made = (await call("POST", INTERFACES, { private_network_id: network.id })).json;
  assert.equal(made.server_id, "");
  await call("DELETE", server.path);
  assert.equal(emulator.leftovers().privateNics.length, 1);
  assert.equal((await call("DELETE", network.path)).status, 412);
});

test("an interface that cannot be is refused", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const network = await aNetwork(cloud);
  const [server, other] = [await aServer(), await aServer()];
  const good = { private_network_id: network.id, server_id: server.id };
  const { id } = (await call("POST", INTERFACES, good)).json;
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ private_network_id: undefined }, 400, "private_network_id"],
    [{ private_network_id: UNKNOWN }, 404, '"resource":"private_network"'],
    [{ server_id: UNKNOWN }, 404, '"resource":"instance_server"'],
    [{ security_group_id: UNKNOWN }, 404, '"resource":"instance_security_group"'],
    [{ server_id: "b" }, 400, "UUID"],
    [{ project_id: "b" }, 400, "UUID"],
    [{ server_id: other.id, ip_ids: [UNKNOWN] }, 404, '"resource":"ip"'],
    [{}, 412, "already attached"],
  ];
  for (const [change, status, about] of refusals)
    await expectRefusal(cloud, ["POST", INTERFACES, { ...good, ...change }], { status, about });
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, `${INTERFACES}/${UNKNOWN}`, {}], {
      status: 404,
      about: '"resource":"instance_private_nic"',
    });
  const named = { private_network_interface_id: id };
  const path = `${SERVERS}/${other.id}`;
  await expectRefusal(cloud, ["POST", `${path}/attach-private-network-interface`, named], {
    status: 412,
    about: "resource_still_in_use",
  });
  await expectRefusal(cloud, ["POST", `${path}/detach-private-network-interface`, named], {
    status: 400,
    about: "not attached to this server",
  });
  await expectRefusal(cloud, ["POST", `${path}/detach-private-network-interface`, {}], {
    status: 400,
    about: "required",
  });
});

test("a server made from a template is in the template's networks", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const network = await aNetwork(cloud);
  const templates = "/instance/v2alpha1/zones/fr-par-1/templates";
  const template = {
    name: "web",
    server_type: "DEV1-S",
    volumes: [{ volume_type: "sbs", image_label: "ubuntu_jammy", size: 10e9 }],
  };
  const make = async (private_networks: { private_network_id: string }[]) => {
    const { id } = (await call("POST", templates, { ...template, private_networks })).json;
    return call("POST", `${templates}/${id}/create-server`, { name: "web-1" });
  };
  const made = await make([{ private_network_id: network.id }]);
  assert.equal(made.json.private_network_interfaces[0].private_network_id, network.id, made.text);
  assert.equal((await make([{ private_network_id: UNKNOWN }])).json.resource, "private_network");
});
