import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { aNetwork, aVpc, expectRefusal } from "../../testing/a-network.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const REGION = "/vpc/v2/regions/fr-par";
const ROUTES = `${REGION}/routes`;
const HOPS = `${REGION}/routes-with-nexthop`;
const NOTHING = { status: 404, about: '"resource":"unknown","resource_id":""' };

test("a route leads to a network card and is shown with it", async () => {
  const cloud = aCloud();
  const { call, aServer, emulator } = cloud;
  const vpc_id = await aVpc(cloud);
  const network = await aNetwork(cloud, { vpc_id, subnets: ["10.1.0.0/24", "fd00:1::/64"] });
  const server = await aServer({ name: "gateway" });
  const nic = (await call("POST", `${server.path}/private_nics`, { private_network_id: network.id })).json
    .private_nic;
  cloud.pass(1);
  const made = (
    await call("POST", ROUTES, {
      description: "out",
      tags: ["vpn"],
      vpc_id,
      destination: "10.9.0.0/24",
      nexthop_resource_id: nic.id,
      nexthop_private_network_id: network.id,
    })
  ).json;
  assert.deepEqual([made.type, made.is_read_only, made.nexthop_vpc_connector_id], ["custom", false, null]);

  const all = (await call("GET", `${HOPS}?vpc_id=${vpc_id}&nexthop_resource_type=unknown_type`)).json;
  assert.equal(all.total_count, 3);
  assert.deepEqual(
    all.routes.map(({ route }: { route: { destination: string } }) => route.destination),
    ["10.1.0.0/24", "fd00:1::/64", "10.9.0.0/24"],
  );
  const [local, , custom] = all.routes;
  assert.deepEqual(
    [local.route.id, local.route.type, local.route.tags, local.route.is_read_only],
    ["", "subnet", ["MANAGED"], true],
  );
  assert.deepEqual(custom, {
    route: made,
    nexthop_ip: "10.1.0.2",
    nexthop_name: "gateway",
    nexthop_resource_type: "instance_private_nic",
  });
  for (const [query, count] of [
    ["is_ipv6=true", 1],
    ["nexthop_resource_type=instance_private_nic", 1],
    [`nexthop_private_network_id=${network.id}`, 3],
    [`nexthop_resource_id=${nic.id}`, 1],
    [`nexthop_vpc_connector_id=${UNKNOWN}`, 0],
    ["tags=vpn", 1],
    ["contains=10.0.0.0/8", 2],
    ["page=2&page_size=2", 1],
  ] as const)
    assert.equal((await call("GET", `${HOPS}?${query}`)).json.routes.length, count, query);

  const path = `${ROUTES}/${made.id}`;
  const changed = await call("PATCH", path, { description: "in", destination: "10.8.0.0/24" });
  assert.deepEqual(
    [changed.json.description, changed.json.destination, changed.json.nexthop_resource_id],
    ["in", "10.8.0.0/24", nic.id],
  );
  assert.deepEqual((await call("GET", path)).json, changed.json);
  assert.ok(emulator.leftovers().others.some(({ kind }) => kind === "route"));
  assert.equal((await call("DELETE", path)).status, 204);
  await expectRefusal(cloud, ["GET", path], NOTHING);
});

test("a route that cannot be is refused", async () => {
  const cloud = aCloud();
  const vpc_id = await aVpc(cloud);
  const { id } = await aNetwork(cloud, { vpc_id });
  const good = { vpc_id, destination: "10.9.0.0/24", nexthop_private_network_id: id };
  assert.equal((await cloud.call("POST", ROUTES, good)).status, 200);
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ vpc_id: undefined }, 400, "vpc_id"],
    [{ vpc_id: UNKNOWN }, 404, '"resource":"vpc"'],
    [{ destination: undefined }, 400, '"destination","reason":"required"'],
    [{ destination: "10.9.0.0" }, 400, '"destination","reason":"format"'],
    [{ description: "x".repeat(201) }, 400, "description"],
    [{ nexthop_private_network_id: undefined }, 400, "nexthop_resource_id"],
    [{ nexthop_private_network_id: UNKNOWN }, 404, '"resource":"private_network"'],
    [{ nexthop_vpc_connector_id: UNKNOWN }, 404, '"resource":"vpc_connector"'],
    [{ nexthop_resource_id: "b" }, 400, "UUID"],
  ];
  for (const [change, status, about] of refusals)
    await expectRefusal(cloud, ["POST", ROUTES, { ...good, ...change }], { status, about });
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, `${ROUTES}/${UNKNOWN}`, {}], NOTHING);
  await expectRefusal(cloud, ["GET", `${ROUTES}/b`], { status: 400, about: "route_id" });
  await expectRefusal(cloud, ["GET", `${HOPS}?contains=b`], { status: 400, about: "contains" });
});
