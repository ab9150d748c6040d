import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { aNetwork, aVpc, expectRefusal, NETWORKS, VPCS } from "../../testing/a-network.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";

test("a project from of old has a default VPC, which nobody left behind", async () => {
  const { call, emulator } = aCloud();
  const listed = (await call("GET", `${VPCS}?is_default=true`)).json;
  assert.equal(listed.total_count, 1);
  const [vpc] = listed.vpcs;
  assert.deepEqual([vpc.name, vpc.tags, vpc.routing_enabled], ["default", ["default"], false]);
  assert.equal((await call("GET", VPCS)).json.total_count, 1);
  assert.equal((await call("GET", VPCS.replace("fr-par", "nl-ams"))).json.vpcs[0].is_default, true);
  assert.deepEqual(emulator.leftovers().others, []);
  assert.deepEqual(emulator.history(), []);

  const routing = await call("POST", `${VPCS}/${vpc.id}/enable-routing`, {});
  assert.equal(routing.json.routing_enabled, true);
  const custom = await call("POST", `${VPCS}/${vpc.id}/enable-custom-routes-propagation`, {});
  assert.equal(custom.json.custom_routes_propagation_enabled, true);
});

test("a project that is made has a default VPC only when a network needs one", async () => {
  const cloud = aCloud();
  const project = (
    await cloud.call("POST", "/account/v3/projects", { name: "new", organization_id: UNKNOWN })
  ).json;
  const mine = `${VPCS}?project_id=${project.id}`;
  assert.equal((await cloud.call("GET", mine)).json.total_count, 0);
  const network = await aNetwork(cloud, { project_id: project.id });
  const [vpc] = (await cloud.call("GET", mine)).json.vpcs;
  assert.equal(vpc.id, network.vpcId);
  assert.deepEqual([vpc.is_default, vpc.routing_enabled, vpc.organization_id], [true, true, UNKNOWN]);
});

test("a VPC is made, found, changed and deleted", async () => {
  const cloud = aCloud();
  const { call, emulator, pass } = cloud;
  const made = (await call("POST", VPCS, { name: "core", tags: ["a"], enable_routing: false })).json;
  assert.deepEqual([made.routing_enabled, made.custom_routes_propagation_enabled], [true, true]);
  assert.deepEqual([made.private_network_count, made.transitivity_enabled], [0, false]);
  await aVpc(cloud, { name: "other", tags: ["b"] });
  for (const [query, count] of [
    ["name=cor", 1],
    ["tags=a&tags=b", 2],
    ["tags=c", 0],
    ["is_default=false", 2],
    ["routing_enabled=true", 2],
    ["routing_enabled=True", 2],
    ["routing_enabled=False", 1],
    ["s3_integration_enabled=true", 0],
    [`organization_id=${made.organization_id}`, 3],
    [`project_id=${UNKNOWN}`, 0],
    ["page=2&page_size=2", 1],
  ] as const)
    assert.equal((await call("GET", `${VPCS}?${query}`)).json.vpcs.length, count, query);
  const names = (await call("GET", `${VPCS}?order_by=created_at_desc`)).json.vpcs.map(
    (vpc: { name: string }) => vpc.name,
  );
  assert.deepEqual(names, ["other", "core", "default"]);

  pass(60);
  const path = `${VPCS}/${made.id}`;
  const changed = (await call("PATCH", path, { name: "hub" })).json;
  assert.deepEqual([changed.name, changed.tags], ["hub", ["a"]]);
  assert.ok(changed.updated_at > made.updated_at);
  assert.deepEqual((await call("GET", path)).json, changed);
  assert.equal(emulator.leftovers().others[0]?.kind, "vpc");
  assert.equal((await call("DELETE", path)).status, 204);
  assert.equal((await call("GET", path)).json.resource, "vpc");
});

test("a VPC counts its networks, and keeps until they are gone", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const vpcId = await aVpc(cloud);
  const network = await aNetwork(cloud, { vpc_id: vpcId });
  assert.equal((await call("GET", `${VPCS}/${vpcId}`)).json.private_network_count, 1);
  const refused = await call("DELETE", `${VPCS}/${vpcId}`);
  assert.deepEqual([refused.status, refused.json.precondition], [412, "resource_still_in_use"]);
  await call("DELETE", network.path);
  assert.equal((await call("DELETE", `${VPCS}/${vpcId}`)).status, 204);
});

test("a VPC is refused what it cannot do", async () => {
  const cloud = aCloud();
  const standard = (await cloud.call("GET", VPCS)).json.vpcs[0].id;
  await expectRefusal(cloud, ["POST", VPCS, {}], { status: 400, about: '"name","reason":"required"' });
  await expectRefusal(cloud, ["POST", VPCS, { name: "a", tags: "b" }], { status: 400, about: "tags" });
  await expectRefusal(cloud, ["POST", VPCS, { name: "a", project_id: "b" }], { status: 400, about: "UUID" });
  await expectRefusal(cloud, ["GET", `${VPCS}?project_id=b`], { status: 400, about: "project_id" });
  await expectRefusal(cloud, ["GET", `${VPCS}/b`], { status: 400, about: "vpc_id" });
  for (const method of ["GET", "PATCH", "DELETE"])
    await expectRefusal(cloud, [method, `${VPCS}/${UNKNOWN}`, {}], {
      status: 404,
      about: '"resource":"vpc"',
    });
  await expectRefusal(cloud, ["GET", VPCS.replace("fr-par", "no-where")], { status: 404, about: "region" });
  await expectRefusal(cloud, ["GET", `${VPCS.replace("fr-par", "nl-ams")}/${standard}`], {
    status: 404,
    about: '"resource":"vpc"',
  });
  await expectRefusal(cloud, ["DELETE", `${VPCS}/${standard}`], { status: 412, about: "Default VPC" });
});

test("only a strict emulator asks whether the project exists", async () => {
  const foreign = { name: "a", project_id: UNKNOWN };
  assert.equal((await aCloud().call("POST", VPCS, foreign)).status, 200);
  const strict = aCloud({ strictProjects: true });
  const refusal = { status: 404, about: `"resource":"project","resource_id":"${UNKNOWN}"` };
  await expectRefusal(strict, ["POST", VPCS, foreign], refusal);
  await expectRefusal(strict, ["POST", NETWORKS, foreign], refusal);
  const { id } = (await strict.call("POST", "/account/v3/projects", { name: "new" })).json;
  assert.equal((await strict.call("POST", VPCS, { name: "a", project_id: id })).status, 200);
});

test("object storage is let into a VPC network by network", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const vpcId = await aVpc(cloud);
  const [one, other] = [await aNetwork(cloud, { vpc_id: vpcId }), await aNetwork(cloud, { vpc_id: vpcId })];
  const s3 = `/vpc/v2/regions/fr-par/s3-integration/${vpcId}`;
  const enabled = await call("POST", `${s3}/enable?private_network_ids=${one.id}`, {});
  assert.equal(enabled.json.s3_integration_enabled, true);
  assert.equal((await call("GET", one.path)).json.has_s3_integration, true);
  const added = await call("POST", `${s3}/private-networks`, { private_network_id: other.id });
  assert.deepEqual(added.json.private_network_ids, [one.id, other.id]);
  const set = await call("PUT", `${s3}/private-networks`, { private_network_ids: [other.id] });
  assert.deepEqual(set.json.private_network_ids, [other.id]);
  assert.equal((await call("DELETE", `${s3}/private-networks/${other.id}`)).status, 204);
  assert.equal((await call("GET", other.path)).json.has_s3_integration, false);
  assert.equal((await call("POST", `${s3}/disable`, {})).json.s3_integration_enabled, false);
});
