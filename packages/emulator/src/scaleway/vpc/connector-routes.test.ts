import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { aNetwork, aVpc, expectRefusal, VPCS } from "../../testing/a-network.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const REGION = "/vpc/v2/regions/fr-par";
const ROUTES = `${REGION}/routes`;
const CONNECTORS = `${REGION}/vpc-connectors`;

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
