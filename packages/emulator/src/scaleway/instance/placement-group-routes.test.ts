import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const GROUPS = "/instance/v1/zones/fr-par-1/placement_groups";
const NEWER = "/instance/v2alpha1/zones/fr-par-1/placement-groups";

test("both APIs show one group, of whose mode only the older knows", async () => {
  const { call } = aCloud();
  const made = await call("POST", NEWER, { name: "apart", policy_type: "max_availability" });
  assert.equal(made.status, 200);
  assert.equal("policy_mode" in made.json, false);
  const path = `${GROUPS}/${made.json.id}`;
  const { placement_group: group } = (await call("PATCH", path, { policy_mode: "enforced" })).json;
  assert.deepEqual([group.name, group.policy_mode, group.policy_respected], ["apart", "enforced", true]);
  const change = { name: "still apart", policy_type: "unknown_policy_type" };
  const renamed = (await call("PATCH", `${NEWER}/${made.json.id}`, change)).json;
  assert.deepEqual([renamed.name, renamed.policy_type], ["still apart", "max_availability"]);
  assert.equal((await call("GET", path)).json.placement_group.name, "still apart");
  assert.equal((await call("DELETE", `${NEWER}/${made.json.id}`)).status, 204);
  assert.equal((await call("GET", path)).json.resource, "instance_placement_group");
});

test("a group is made, set and listed", async () => {
  const { call } = aCloud();
  const made = await call("POST", GROUPS, { name: "a", policy_type: "low_latency", tags: ["x"] });
  const { placement_group: group } = made.json;
  assert.equal(made.status, 201);
  assert.equal(made.headers.get("Location"), `https://api.scaleway.com${GROUPS}/${group.id}`);
  assert.deepEqual([group.policy_mode, group.policy_type], ["optional", "low_latency"]);
  await call("POST", GROUPS, { name: "b" });
  const names = async (path: string, key: string): Promise<string[]> =>
    (await call("GET", path)).json[key].map((one: { name: string }) => one.name);
  assert.deepEqual(await names(GROUPS, "placement_groups"), ["b", "a"]);
  assert.deepEqual(await names(`${GROUPS}?tags=x`, "placement_groups"), ["a"]);
  assert.deepEqual(await names(`${NEWER}?placement_group_ids=${group.id}`, "placement_groups"), ["a"]);
  const set = (await call("PUT", `${GROUPS}/${group.id}`, { name: "c" })).json.placement_group;
  assert.deepEqual([set.name, set.tags, set.policy_type], ["c", [], "max_availability"]);
});

test("servers join and leave a group", async () => {
  const { call, aServer } = aCloud();
  const { placement_group: group } = (await call("POST", GROUPS, { name: "apart" })).json;
  const server = await aServer({ placement_group: group.id });
  const shown = (await call("GET", server.path)).json.server.placement_group;
  assert.deepEqual([shown.id, shown.policy_respected], [group.id, false]);
  const members = `${GROUPS}/${group.id}/servers`;
  assert.deepEqual((await call("GET", members)).json.servers, [
    { id: server.id, name: "lab", policy_respected: true },
  ]);
  const type = await call("PATCH", server.path, { commercial_type: "DEV1-M" });
  assert.equal(type.status, 412);

  await call("PATCH", server.path, { placement_group: null });
  assert.deepEqual((await call("GET", members)).json.servers, []);
  assert.equal((await call("PUT", members, { servers: [server.id] })).json.servers.length, 1);
  assert.equal((await call("PATCH", members, { servers: [] })).json.servers.length, 0);
  await call("PATCH", server.path, { placement_group: group.id });
  assert.equal((await call("DELETE", `${GROUPS}/${group.id}`)).status, 204);
  assert.equal((await call("GET", server.path)).json.server.placement_group, null);
});

test("a group that is none, or not there, is refused", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  for (const [method, path] of [
    ["POST", SERVERS],
    ["PATCH", server.path],
  ] as const) {
    const body = { commercial_type: "DEV1-S", image: "ubuntu_jammy" };
    const malformed = await call(method, path, { ...body, placement_group: "1111111" });
    assert.equal(malformed.status, 400);
    assert.deepEqual(malformed.json.details, [
      { argument_name: "placement_group", reason: "constraint", help_message: "not a valid value" },
    ]);
    const unknown = await call(method, path, { ...body, placement_group: UNKNOWN });
    assert.deepEqual([unknown.status, unknown.json.resource], [404, "instance_placement_group"]);
  }
  const { placement_group: group } = (await call("POST", GROUPS, { name: "a" })).json;
  const members = `${GROUPS}/${group.id}/servers`;
  assert.equal((await call("PUT", members, { servers: [UNKNOWN] })).json.resource, "instance_server");
  assert.equal((await call("PUT", members, {})).status, 400);
  assert.equal((await call("PATCH", `${GROUPS}/${group.id}`, { policy_mode: "maybe" })).status, 400);
  assert.equal((await call("POST", NEWER, {})).json.details[0].argument_name, "name");
  assert.equal((await call("GET", `${NEWER}/no-uuid`)).status, 400);
  assert.equal((await call("GET", `${GROUPS.replace("fr-par-1", "nl-ams-1")}/${group.id}`)).status, 404);
});
