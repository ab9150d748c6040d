import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, expectRefusal, INTERFACES } from "../../testing/a-network.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";

async function book({ call }: Cloud, networkId: string): Promise<string> {
  return (await call("POST", ADDRESSES, { source: { private_network_id: networkId } })).json.id;
}

test("a network card is shown by both APIs and goes with its server", async () => {
  const cloud = aCloud();
  const { call, aServer, emulator } = cloud;
  const network = await aNetwork(cloud);
  const server = await aServer();
  const made = await call("POST", `${server.path}/private_nics`, { private_network_id: network.id });
  assert.equal(made.status, 201);
  const nic = made.json.private_nic;
  assert.equal(nic.state, "available");
  assert.equal(nic.ipam_ip_ids.length, 2);
  assert.deepEqual((await call("GET", server.path)).json.server.private_nics, [nic]);
  assert.equal((await call("GET", `${INTERFACES}?server_ids=${server.id}`)).json.total_count, 1);
  const ip = (await call("GET", `${ADDRESSES}?resource_id=${nic.id}&is_ipv6=false`)).json.ips[0].address;
  for (const [query, count] of [
    [`private_network=${network.id}`, 1],
    [`private_networks=${UNKNOWN},${network.id}`, 1],
    [`private_networks=${UNKNOWN}`, 0],
    [`private_nic_mac_address=${nic.mac_address}`, 1],
    [`private_ip=${ip.split("/")[0]}`, 1],
    ["private_ip=10.9.9.9", 0],
  ] as const)
    assert.equal((await call("GET", `${SERVERS}?${query}`)).json.servers.length, count, query);
  assert.equal((await call("DELETE", network.path)).status, 412);
  assert.equal(emulator.leftovers().privateNics.length, 1);
  await call("DELETE", server.path);
  assert.equal(emulator.leftovers().privateNics.length, 0);
  assert.equal((await call("GET", ADDRESSES)).json.total_count, 0);
  assert.equal((await call("DELETE", network.path)).status, 204);
});

test("network cards of a server are listed, tagged and taken off", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const server = await aServer();
  const nics = `${server.path}/private_nics`;
  const [one, other] = [await aNetwork(cloud), await aNetwork(cloud)];
  const nic = (await call("POST", nics, { private_network_id: one.id, tags: ["a"] })).json.private_nic;
  await call("POST", nics, { private_network_id: other.id });
  const listed = await call("GET", nics);
  assert.equal(listed.headers.get("X-Total-Count"), "2");
  assert.equal((await call("GET", `${nics}?tags=a`)).json.private_nics.length, 1);
  assert.equal((await call("GET", `${nics}/${nic.mac_address}`)).json.private_nic.id, nic.id);
  const changed = await call("PATCH", `${nics}/${nic.id}`, { tags: ["b"] });
  assert.deepEqual(changed.json.private_nic.tags, ["b"]);
  assert.equal((await call("DELETE", `${nics}/${nic.id}`)).status, 204);
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, `${nics}/${nic.id}`, {}], {
      status: 404,
      about: '"resource":"instance_private_nic"',
    });
});

test("a card takes reserved addresses, which outlive it", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const network = await aNetwork(cloud);
  const server = await aServer();
  const ip = await book(cloud, network.id);
  const made = await call("POST", `${server.path}/private_nics`, {
    private_network_id: network.id,
    ipam_ip_ids: [ip],
  });
  const nic = made.json.private_nic;
  assert.deepEqual(nic.ipam_ip_ids, [ip]);
  assert.equal((await call("GET", `${ADDRESSES}/${ip}`)).json.resource.id, nic.id);
  await call("DELETE", `${server.path}/private_nics/${nic.id}`);
  assert.equal((await call("GET", `${ADDRESSES}/${ip}`)).json.resource, null);
});

test("a card in a booting machine is ready when the machine is, in a machine that is up after a moment", async () => {
  const cloud = aCloud();
  const { call, aServer, act, pass } = cloud;
  const [one, other] = [await aNetwork(cloud), await aNetwork(cloud)];
  const server = await aServer();
  await act(server, "poweron");
  pass(20);
  const statusAfter = async (networkId: string): Promise<(seconds: number) => Promise<string>> => {
    const made = await call("POST", `${server.path}/private_nics`, { private_network_id: networkId });
    assert.equal(made.json.private_nic.state, "syncing");
    return async (seconds) => {
      pass(seconds);
      return (await call("GET", `${INTERFACES}/${made.json.private_nic.id}`)).json.status;
    };
  };
  const first = await statusAfter(one.id);
  assert.equal(await first(10), "attaching");
  assert.equal(await first(85), "available");
  const second = await statusAfter(other.id);
  assert.equal(await second(2), "available");
});

test("a card that cannot be is refused, and nothing is made", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const [network, other] = [await aNetwork(cloud), await aNetwork(cloud)];
  const far = await call("POST", "/vpc/v2/regions/nl-ams/private-networks", { name: "far" });
  const [server, second] = [await aServer(), await aServer()];
  const [held, foreign] = [await book(cloud, network.id), await book(cloud, other.id)];
  const private_network_id = network.id;
  await call("POST", `${second.path}/private_nics`, { private_network_id, ipam_ip_ids: [held] });
  const refusals: [Record<string, unknown>, number, string][] = [
    [{}, 400, '"private_network_id","reason":"required"'],
    [{ private_network_id: "b" }, 400, "UUID"],
    [{ private_network_id: UNKNOWN }, 404, '"resource":"private_network"'],
    [{ private_network_id: far.json.id }, 404, '"resource":"private_network"'],
    [{ private_network_id, ipam_ip_ids: [UNKNOWN] }, 404, '"resource":"ip"'],
    [{ private_network_id, ipam_ip_ids: [foreign] }, 400, "ipam_ip_ids"],
    [{ private_network_id, ipam_ip_ids: [held] }, 412, "resource_still_in_use"],
  ];
  for (const [body, status, about] of refusals)
    await expectRefusal(cloud, ["POST", `${server.path}/private_nics`, body], { status, about });
  await expectRefusal(cloud, ["POST", `${second.path}/private_nics`, { private_network_id }], {
    status: 412,
    about: "already attached",
  });
  await expectRefusal(cloud, ["POST", `${SERVERS}/${UNKNOWN}/private_nics`, { private_network_id }], {
    status: 404,
    about: '"resource":"instance_server"',
  });
  assert.equal((await call("GET", INTERFACES)).json.total_count, 1);
});
