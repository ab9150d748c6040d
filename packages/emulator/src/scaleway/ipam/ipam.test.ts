import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS } from "../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, aVpc, expectRefusal } from "../../testing/a-network.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const MAC = "bc:24:11:00:00:01";
const SET = "/ipam/v1/regions/fr-par/ip-sets/release";

test("an address is booked, described and released", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const network = await aNetwork(cloud, { subnets: ["10.1.0.0/24"] });
  const source = { private_network_id: network.id };
  const made = (await call("POST", ADDRESSES, { source, is_ipv6: false, tags: ["a"] })).json;
  assert.equal(made.address, "10.1.0.2/24");
  assert.deepEqual(made.source, { subnet_id: network.subnets[0]?.id });
  assert.deepEqual([made.resource, made.zone, made.reverses], [null, null, []]);
  assert.equal((await call("POST", ADDRESSES, { source })).json.address, "10.1.0.3/24");
  const wanted = await call("POST", ADDRESSES, { source, address: "10.1.0.9" });
  assert.equal(wanted.json.address, "10.1.0.9/24");
  const six = await call("POST", ADDRESSES, { source: { subnet_id: network.subnets[1]?.id }, is_ipv6: true });
  assert.match(six.json.address, /^fd.*\/64$/);

  const path = `${ADDRESSES}/${made.id}`;
  const reverses = [{ hostname: "db.example.com", address: "10.1.0.2" }];
  const changed = await call("PATCH", path, { tags: ["b"], reverses });
  assert.deepEqual([changed.json.tags, changed.json.reverses], [["b"], []]);
  assert.deepEqual((await call("GET", path)).json.reverses, reverses);
  assert.equal(emulator.leftovers().others.filter(({ kind }) => kind === "privateAddress").length, 4);
  assert.equal((await call("DELETE", path)).status, 204);
  assert.equal((await call("GET", path)).json.resource, "ip");
  assert.equal((await call("POST", SET, { ip_ids: [wanted.json.id, six.json.id] })).status, 204);
  assert.equal((await call("GET", ADDRESSES)).json.total_count, 1);
});

test("addresses are given out anew only when a subnet has been gone through", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const network = await aNetwork(cloud, { subnets: ["10.1.0.0/29"] });
  const book = () => call("POST", ADDRESSES, { source: { private_network_id: network.id } });
  const first = (await book()).json;
  await call("DELETE", `${ADDRESSES}/${first.id}`);
  const taken: string[] = [];
  for (let i = 0; i < 5; i++) taken.push((await book()).json.address);
  assert.deepEqual(taken, ["10.1.0.3/29", "10.1.0.4/29", "10.1.0.5/29", "10.1.0.6/29", "10.1.0.2/29"]);
  assert.equal((await book()).status, 412);
});

test("private and public addresses are in one list", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const vpc_id = await aVpc(cloud);
  const network = await aNetwork(cloud, { vpc_id });
  const { ip } = (await call("POST", IPS, { tags: ["web"] })).json;
  cloud.pass(1);
  const six = (await call("POST", IPS, { type: "routed_ipv6" })).json.ip;
  cloud.pass(1);
  const server = await aServer({ name: "front", public_ips: [ip.id] });
  const nic = (await call("POST", `${server.path}/private_nics`, { private_network_id: network.id })).json
    .private_nic;
  const [v4, v6] = nic.ipam_ip_ids;
  cloud.pass(1);
  const booked = (await call("POST", ADDRESSES, { source: { private_network_id: network.id } })).json;

  const found = async (query: string): Promise<string[]> =>
    (await call("GET", `${ADDRESSES}?${query}`)).json.ips.map(({ id }: { id: string }) => id);
  assert.deepEqual(await found(""), [booked.id, v6, v4, six.id, ip.id]);
  for (const [query, ids] of [
    ["order_by=created_at_asc", [ip.id, six.id, v4, v6, booked.id]],
    [`resource_id=${nic.id}&resource_type=instance_private_nic`, [v6, v4]],
    [`resource_ids=${nic.id}&resource_ids=${server.id}`, [v6, v4, ip.id]],
    ["resource_types=instance_server", [ip.id]],
    ["resource_type=unknown_type&attached=false", [booked.id, six.id]],
    ["resource_name=fron", [v6, v4]],
    [`mac_address=${nic.mac_address}`, [v6, v4]],
    ["zonal=fr-par-1", [six.id, ip.id]],
    [`private_network_id=${network.id}&is_ipv6=true`, [v6]],
    [`subnet_id=${network.subnets[0]?.id}`, [booked.id, v4]],
    [`vpc_id=${vpc_id}&attached=true`, [v6, v4]],
    [`source_vpc_id=${UNKNOWN}`, []],
    [`ip_ids=${v4},${six.id}`, [v4, six.id]],
    [`project_id=${UNKNOWN}`, []],
    ["tags=web&tags=db", [ip.id]],
    [`private_network_id=${network.id}&order_by=ip_address_asc`, [v4, booked.id, v6]],
    ["attached=true&order_by=mac_address_desc&is_ipv6=false", [v4, ip.id]],
    ["page=3&page_size=2", [ip.id]],
  ] as const)
    assert.deepEqual(await found(query), ids, query);

  const shown = (await call("GET", `${ADDRESSES}/${ip.id}`)).json;
  assert.deepEqual(
    [shown.address, shown.source, shown.zone],
    [`${ip.address}/32`, { zonal: "fr-par-1" }, "fr-par-1"],
  );
  assert.deepEqual(shown.resource, { type: "instance_server", id: server.id, mac_address: null, name: null });
  const own = (await call("GET", `${ADDRESSES}/${v4}`)).json.resource;
  assert.deepEqual(own, {
    type: "instance_private_nic",
    id: nic.id,
    mac_address: nic.mac_address.toUpperCase(),
    name: "front",
  });
  await call("PATCH", `${ADDRESSES}/${ip.id}`, { tags: ["edge"] });
  assert.deepEqual((await call("GET", `${IPS}/${ip.id}`)).json.ip.tags, ["edge"]);
  assert.equal((await call("DELETE", `${ADDRESSES}/${six.id}`)).status, 204);
  assert.equal((await call("GET", `${IPS}/${six.id}`)).status, 404);
});

test("a reserved address is given to things of the caller's own", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const network = await aNetwork(cloud);
  const booked = (await call("POST", ADDRESSES, { source: { private_network_id: network.id } })).json;
  const path = `${ADDRESSES}/${booked.id}`;
  const resource = { mac_address: MAC, name: "vm" };
  const attached = (await call("POST", `${path}/attach`, { resource })).json.resource;
  assert.deepEqual([attached.type, attached.mac_address, attached.name], ["custom", MAC.toUpperCase(), "vm"]);
  await expectRefusal(cloud, ["POST", `${path}/attach`, { resource }], {
    status: 412,
    about: "still_in_use",
  });
  await expectRefusal(cloud, ["DELETE", path], { status: 412, about: "still_in_use" });
  const other = { mac_address: "bc:24:11:00:00:02" };
  await expectRefusal(cloud, ["POST", `${path}/detach`, { resource: other }], {
    status: 400,
    about: "resource",
  });
  const moved = await call("POST", `${path}/move`, { from_resource: resource, to_resource: other });
  assert.equal(moved.json.resource.mac_address, "BC:24:11:00:00:02");
  assert.equal((await call("POST", `${path}/detach`, { resource: other })).json.resource, null);
  await expectRefusal(cloud, ["POST", `${path}/attach`, { resource: { mac_address: "b" } }], {
    status: 400,
    about: "MAC",
  });
  await expectRefusal(cloud, ["POST", `${path}/attach`, {}], { status: 400, about: "required" });
  const source = { private_network_id: network.id };
  const taken = await call("POST", ADDRESSES, { source, resource });
  assert.equal(taken.json.resource.type, "custom");
});

test("an address that something has is not released", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const network = await aNetwork(cloud);
  const { ip } = (await call("POST", IPS, {})).json;
  const server = await aServer({ public_ips: [ip.id] });
  const nic = (await call("POST", `${server.path}/private_nics`, { private_network_id: network.id })).json
    .private_nic;
  const free = (await call("POST", ADDRESSES, { source: { private_network_id: network.id } })).json;
  const refusal = { status: 412, about: "resource_still_in_use" };
  await expectRefusal(cloud, ["DELETE", `${ADDRESSES}/${nic.ipam_ip_ids[0]}`], refusal);
  await expectRefusal(cloud, ["DELETE", `${ADDRESSES}/${ip.id}`], refusal);
  await expectRefusal(cloud, ["POST", SET, { ip_ids: [free.id, ip.id] }], refusal);
  assert.equal((await call("GET", `${ADDRESSES}/${free.id}`)).status, 200);
});

test("an address that cannot be booked is refused", async () => {
  const cloud = aCloud();
  const network = await aNetwork(cloud, { subnets: ["10.1.0.0/24"] });
  const source = { private_network_id: network.id };
  await cloud.call("POST", ADDRESSES, { source, address: "10.1.0.9" });
  const refusals: [Record<string, unknown>, number, string][] = [
    [{}, 400, '"source","reason":"required"'],
    [{ source: {} }, 400, '"source","reason":"constraint"'],
    [{ source: { zonal: "fr-par-1" } }, 400, '"source","reason":"constraint"'],
    [{ source: { private_network_id: UNKNOWN } }, 404, '"resource":"private_network"'],
    [{ source: { private_network_id: "b" } }, 400, "UUID"],
    [{ source: { subnet_id: UNKNOWN } }, 404, '"resource":"subnet"'],
    [{ source, project_id: UNKNOWN }, 400, "project_id"],
    [{ source, address: "10.1.0.9" }, 400, "already reserved"],
    [{ source, address: "10.2.0.9" }, 400, '"address","reason":"constraint"'],
    [{ source, address: "10.1.0.255" }, 400, '"address","reason":"constraint"'],
    [{ source, address: "10.1.0.9", is_ipv6: true }, 400, '"address","reason":"constraint"'],
    [{ source, is_ipv6: "b" }, 400, "is_ipv6"],
  ];
  for (const [body, status, about] of refusals)
    await expectRefusal(cloud, ["POST", ADDRESSES, body], { status, about });
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, `${ADDRESSES}/${UNKNOWN}`, {}], {
      status: 404,
      about: `"resource":"ip","resource_id":"${UNKNOWN}"`,
    });
  await expectRefusal(cloud, ["GET", `${ADDRESSES}?resource_id=b`], { status: 400, about: "resource_id" });
  const strict = aCloud({ strictProjects: true });
  await expectRefusal(strict, ["POST", ADDRESSES, { source, project_id: UNKNOWN }], {
    status: 404,
    about: '"resource":"project"',
  });
});

test("a public address that the instances let go is kept here, and can be had again", async () => {
  const cloud = aCloud();
  const { call, aServer } = cloud;
  const { ip } = (await call("POST", IPS, {})).json;
  const server = await aServer();
  assert.equal((await call("POST", `${IPS}/${ip.id}/release-to-ipam`, {})).status, 204);
  assert.equal((await call("GET", `${IPS}/${ip.id}`)).status, 404);
  assert.equal((await call("GET", IPS)).json.ips.length, 0);
  assert.equal((await call("GET", `${ADDRESSES}/${ip.id}`)).json.address, `${ip.address}/32`);
  const attach = `/instance/v2alpha1/zones/fr-par-1/servers/${server.id}/attach-ip`;
  assert.equal((await call("POST", attach, { ip_id: ip.id })).status, 200);
  assert.equal((await call("GET", IPS)).json.ips[0].server.id, server.id);
});
