import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, aVpc, expectRefusal, NETWORKS } from "../../testing/a-network.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const SUBNETS = "/vpc/v2/regions/fr-par/subnets";

test("a network has a block of each family and managed DHCP", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const made = (await call("POST", NETWORKS, { name: "lan", subnets: null, tags: null })).json;
  const [v4, v6] = made.subnets;
  assert.match(v4.subnet, /^172\.(1[6-9]|2\d|3[01])\.\d+\.0\/22$/);
  assert.match(v6.subnet, /^fd10:5bdc:e164:[0-9a-f]+::\/64$/);
  assert.deepEqual([v4.private_network_id, v4.vpc_id, v4.region], [made.id, made.vpc_id, "fr-par"]);
  assert.deepEqual([made.dhcp_enabled, made.default_route_propagation_enabled], [true, false]);
  const given = await aNetwork(cloud, { subnets: ["10.1.0.0/24"] });
  assert.equal(given.subnets[0]?.subnet, "10.1.0.0/24");
  assert.equal(given.subnets.length, 2);
  const both = await aNetwork(cloud, { subnets: ["fd00:1::/64", "10.2.0.0/24"] });
  assert.deepEqual(
    both.subnets.map(({ subnet }) => subnet),
    ["10.2.0.0/24", "fd00:1::/64"],
  );
});

test("a network is found, changed and deleted", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const vpcId = await aVpc(cloud);
  const one = await aNetwork(cloud, { vpc_id: vpcId, tags: ["a"] });
  await aNetwork(cloud, { name: "dmz", tags: ["b"] });
  for (const [query, names] of [
    ["", ["lan", "dmz"]],
    ["order_by=name_asc", ["dmz", "lan"]],
    ["order_by=created_at_desc", ["dmz", "lan"]],
    ["name=la", ["lan"]],
    ["tags=a&tags=b", ["lan", "dmz"]],
    [`vpc_id=${vpcId}`, ["lan"]],
    [`private_network_ids=${one.id}`, ["lan"]],
    ["dhcp_enabled=false", []],
    [`project_id=${UNKNOWN}`, []],
    ["page=2&page_size=1", ["dmz"]],
  ] as const) {
    const { private_networks } = (await call("GET", `${NETWORKS}?${query}`)).json;
    assert.deepEqual(
      private_networks.map(({ name }: { name: string }) => name),
      names,
      query,
    );
  }
  const changed = await call("PATCH", one.path, { name: "wan", default_route_propagation_enabled: true });
  assert.deepEqual(
    [changed.json.name, changed.json.tags, changed.json.default_route_propagation_enabled],
    ["wan", ["a"], true],
  );
  assert.equal((await call("POST", `${one.path}/enable-dhcp`, {})).json.dhcp_enabled, true);
  assert.equal(emulator.leftovers().others.filter(({ kind }) => kind === "privateNetwork").length, 2);
  assert.equal((await call("DELETE", one.path)).status, 204);
  assert.equal((await call("DELETE", one.path)).json.resource, "private_network");
});

test("a network is kept as long as an address in it is reserved", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const network = await aNetwork(cloud);
  const booked = await call("POST", ADDRESSES, { source: { private_network_id: network.id } });
  const refused = await call("DELETE", network.path);
  assert.equal(refused.status, 412);
  assert.deepEqual(refused.json, {
    type: "precondition_failed",
    message: "precondition is not respected",
    precondition: "resource_still_in_use",
    help_message: "Private Network must be empty to be deleted",
  });
  await call("DELETE", `${ADDRESSES}/${booked.json.id}`);
  assert.equal((await call("DELETE", network.path)).status, 204);
});

test("blocks of a network are listed, added, replaced and taken away", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const network = await aNetwork(cloud, { subnets: ["10.1.0.0/24", "fd00:1::/64"] });
  await aNetwork(cloud);
  const path = `${network.path}/subnets`;
  const blocks = async (): Promise<string[]> =>
    (await call("GET", network.path)).json.subnets.map(({ subnet }: { subnet: string }) => subnet);
  assert.equal((await call("GET", SUBNETS)).json.total_count, 4);
  const [first] = network.subnets;
  const found = (await call("GET", `${SUBNETS}?subnet_ids=${first?.id}`)).json.subnets;
  assert.deepEqual([found.length, found[0].subnet], [1, "10.1.0.0/24"]);

  assert.deepEqual((await call("POST", path, { subnets: ["10.1.1.0/24"] })).json.subnets, ["10.1.1.0/24"]);
  assert.deepEqual(await blocks(), ["10.1.0.0/24", "10.1.1.0/24", "fd00:1::/64"]);
  await call("PUT", path, { subnets: ["10.1.1.0/24", "fd00:2::/64"] });
  assert.deepEqual(await blocks(), ["10.1.1.0/24", "fd00:2::/64"]);

  const source = { private_network_id: network.id };
  await call("POST", ADDRESSES, { source });
  const used = { subnets: ["10.1.1.0/24"] };
  await expectRefusal(cloud, ["DELETE", path, used], { status: 412, about: "resource_still_in_use" });
  assert.equal((await call("DELETE", path, { subnets: ["fd00:2::/64"] })).status, 200);
  assert.deepEqual(await blocks(), ["10.1.1.0/24"]);
  const refusal = { status: 400, about: "is_ipv6" };
  await expectRefusal(cloud, ["POST", ADDRESSES, { source, is_ipv6: true }], refusal);
});

test("a network that cannot be is refused, and nothing is made", async () => {
  const cloud = aCloud();
  const vpcId = await aVpc(cloud);
  await aNetwork(cloud, { vpc_id: vpcId, subnets: ["10.1.0.0/22", "fd00:1::/64"] });
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ name: undefined }, 400, "name"],
    [{ vpc_id: "b" }, 400, "UUID"],
    [{ vpc_id: UNKNOWN }, 404, '"resource":"vpc"'],
    [{ subnets: "10.1.0.0/24" }, 400, "subnets"],
    [{ subnets: ["10.1.0.0"] }, 400, '"subnets","reason":"format"'],
    [{ subnets: ["10.1.0.1/24"] }, 400, '"subnets","reason":"constraint"'],
    [{ subnets: ["10.0.0.0/16"] }, 400, '"subnets","reason":"constraint"'],
    [{ subnets: ["8.8.8.0/24"] }, 400, '"subnets","reason":"constraint"'],
    [{ subnets: ["fd00::/48"] }, 400, '"subnets","reason":"constraint"'],
    [{ subnets: ["10.1.1.0/24"] }, 400, "subnet_overlaps_in_vpc"],
    [{ subnets: ["fd00:1::/64"] }, 400, "subnet_overlaps_in_vpc"],
    [{ subnets: ["10.2.0.0/24", "10.2.0.0/25"] }, 400, "subnet_overlaps_in_vpc"],
  ];
  for (const [change, status, about] of refusals)
    await expectRefusal(cloud, ["POST", NETWORKS, { name: "lan", vpc_id: vpcId, ...change }], {
      status,
      about,
    });
  assert.equal((await cloud.call("GET", NETWORKS)).json.total_count, 1);
  await aNetwork(cloud, { subnets: ["10.1.0.0/22"] });
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, `${NETWORKS}/${UNKNOWN}`, {}], {
      status: 404,
      about: '"resource":"private_network"',
    });
  await expectRefusal(cloud, ["GET", `${NETWORKS}/b`], { status: 400, about: "private_network_id" });
});
