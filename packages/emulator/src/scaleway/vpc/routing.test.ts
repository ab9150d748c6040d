import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, aVpc, expectRefusal, VPCS } from "../../testing/a-network.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const REGION = "/vpc/v2/regions/fr-par";
const ROUTES = `${REGION}/routes`;
const HOPS = `${REGION}/routes-with-nexthop`;
const RULES = `${REGION}/ingress-rules`;
const CONNECTORS = `${REGION}/vpc-connectors`;
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

test("the rules of a VPC are set as a whole for each family", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const path = `${VPCS}/${await aVpc(cloud)}/acl-rules`;
  assert.deepEqual((await call("GET", `${path}?is_ipv6=false`)).json, {
    rules: [],
    default_policy: "accept",
  });
  const rule = {
    protocol: "TCP",
    source: "0.0.0.0/0",
    src_port_low: 0,
    src_port_high: 0,
    destination: "10.0.0.0/8",
    dst_port_low: 443,
    dst_port_high: 443,
    action: "accept",
    description: "web",
  };
  const acl = { rules: [rule], default_policy: "drop" };
  assert.deepEqual((await call("PUT", path, { ...acl, is_ipv6: false })).json, acl);
  assert.deepEqual((await call("GET", path)).json, acl);
  assert.deepEqual((await call("GET", `${path}?is_ipv6=true`)).json.rules, []);
  for (const [change, about] of [
    [{ protocol: "FTP" }, "protocol"],
    [{ action: "maybe" }, "action"],
    [{ source: "b" }, "source"],
    [{ destination: "fd00::/64" }, "IPv4 block"],
    [{ dst_port_high: 70_000 }, "dst_port_high"],
  ] as const)
    await expectRefusal(cloud, ["PUT", path, { ...acl, rules: [{ ...rule, ...change }] }], {
      status: 400,
      about,
    });
  await expectRefusal(cloud, ["PUT", path, { rules: "b", default_policy: "drop" }], {
    status: 400,
    about: "rules",
  });
  assert.deepEqual((await call("PUT", path, { rules: null, default_policy: "accept" })).json.rules, []);
  const unknown = `${VPCS}/${UNKNOWN}/acl-rules`;
  for (const method of ["GET", "PUT"])
    await expectRefusal(cloud, [method, unknown, acl], { status: 404, about: '"resource":"vpc"' });
});

test("an ingress rule sends what comes in to an address", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const vpc_id = await aVpc(cloud);
  const network = await aNetwork(cloud, { vpc_id });
  const booked = await call("POST", ADDRESSES, { source: { private_network_id: network.id } });
  const good = {
    vpc_id,
    source: "10.9.0.0/24",
    nexthop_resource_ip: booked.json.address.split("/")[0],
    nexthop_private_network_id: network.id,
    description: "in",
    tags: ["a"],
  };
  const made = (await call("POST", RULES, good)).json;
  assert.equal(made.is_ipv6, false);
  await call("POST", RULES, { ...good, source: "fd00::/64", description: "six", tags: [] });
  for (const [query, found] of [
    ["", ["in", "six"]],
    ["order_by=prefix_len_desc", ["six", "in"]],
    ["order_by=source_desc", ["six", "in"]],
    ["is_ipv6=true", ["six"]],
    ["tags=a", ["in"]],
    [`vpc_id=${vpc_id}`, ["in", "six"]],
    [`nexthop_private_network_id=${UNKNOWN}`, []],
    [`nexthop_resource_ip=${good.nexthop_resource_ip}`, ["in", "six"]],
  ] as const) {
    const { rules } = (await call("GET", `${RULES}?${query}`)).json;
    assert.deepEqual(
      rules.map(({ description }: { description: string }) => description),
      found,
      query,
    );
  }
  const path = `${RULES}/${made.id}`;
  const changed = await call("PATCH", path, { description: "inward", tags: [] });
  assert.deepEqual([changed.json.description, changed.json.source], ["inward", "10.9.0.0/24"]);
  assert.ok(emulator.leftovers().others.some(({ kind }) => kind === "ingressRule"));

  const refusals: [Record<string, unknown>, number, string][] = [
    [{ vpc_id: UNKNOWN }, 404, '"resource":"vpc"'],
    [{ nexthop_private_network_id: UNKNOWN }, 404, '"resource":"private_network"'],
    [{ nexthop_private_network_id: undefined }, 400, "required"],
    [{ source: "b" }, 400, '"source","reason":"format"'],
    [{ nexthop_resource_ip: undefined }, 400, "required"],
    [{ nexthop_resource_ip: "b" }, 400, "nexthop_resource_ip"],
  ];
  for (const [change, status, about] of refusals)
    await expectRefusal(cloud, ["POST", RULES, { ...good, ...change }], { status, about });
  assert.equal((await call("DELETE", path)).status, 204);
  for (const method of ["GET", "PATCH", "DELETE"]) await expectRefusal(cloud, [method, path, {}], NOTHING);
});

test("two VPCs are peered when each has a connector to the other", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const [left, right] = [await aVpc(cloud), await aVpc(cloud)];
  const connect = async (vpc_id: string, target_vpc_id: string, name = "link") =>
    (await call("POST", CONNECTORS, { name, vpc_id, target_vpc_id })).json;
  const made = await connect(left, right);
  const path = `${CONNECTORS}/${made.id}`;
  assert.equal(made.status, "orphan");
  await connect(right, left, "back");
  const peered = (await call("GET", path)).json;
  assert.deepEqual([peered.status, peered.peer_info.vpc_name], ["peered", "core"]);
  for (const [query, count] of [
    ["", 2],
    ["name=lin", 1],
    ["status=peered", 2],
    ["status=unknown_vpc_connector_status", 2],
    [`vpc_id=${left}`, 1],
    [`target_vpc_id=${left}`, 1],
    ["tags=a", 0],
  ] as const)
    assert.equal((await call("GET", `${CONNECTORS}?${query}`)).json.total_count, count, query);

  await aNetwork(cloud, { vpc_id: left, subnets: ["10.1.0.0/22", "fd00:1::/64"] });
  await aNetwork(cloud, { vpc_id: right, subnets: ["10.1.1.0/24", "fd00:2::/64"] });
  assert.equal((await call("GET", path)).json.status, "conflict");
  assert.equal((await call("GET", `${path}/subnet-overlaps`)).json.total_count, 1);

  const changed = await call("PATCH", path, { name: "bridge", tags: ["a"] });
  assert.deepEqual([changed.json.name, changed.json.tags], ["bridge", ["a"]]);
  const by = await call("POST", ROUTES, {
    vpc_id: left,
    destination: "10.9.0.0/24",
    nexthop_vpc_connector_id: made.id,
  });
  assert.equal(by.json.nexthop_vpc_connector_id, made.id);
  assert.ok(emulator.leftovers().others.some(({ kind }) => kind === "vpcConnector"));

  const good = { name: "link", vpc_id: left, target_vpc_id: right };
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ name: undefined }, 400, "name"],
    [{ vpc_id: UNKNOWN }, 404, '"resource":"vpc"'],
    [{ target_vpc_id: UNKNOWN }, 404, '"resource":"vpc"'],
    [{ target_vpc_id: undefined }, 400, "target_vpc_id"],
    [{ target_vpc_id: left }, 400, "target_vpc_id"],
  ];
  for (const [change, status, about] of refusals)
    await expectRefusal(cloud, ["POST", CONNECTORS, { ...good, ...change }], { status, about });
  assert.equal((await call("DELETE", path)).status, 204);
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, path, {}], { status: 404, about: '"resource":"vpc_connector"' });
});

test("routes, rules and connectors go with their VPC", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const [vpc_id, target_vpc_id] = [await aVpc(cloud), await aVpc(cloud)];
  const { id } = (await call("POST", CONNECTORS, { name: "link", vpc_id, target_vpc_id })).json;
  await call("POST", ROUTES, { vpc_id, destination: "10.9.0.0/24", nexthop_vpc_connector_id: id });
  await call("DELETE", `${VPCS}/${vpc_id}`);
  assert.deepEqual(
    emulator.leftovers().others.map(({ kind }) => kind),
    ["vpc"],
  );
});
