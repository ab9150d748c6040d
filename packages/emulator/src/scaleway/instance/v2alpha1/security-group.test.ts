import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../../testing/a-cloud.ts";

const ZONE = "/instance/v2alpha1/zones/fr-par-1";
const GROUPS = `${ZONE}/security-groups`;
const RULES = `${ZONE}/security-group-rules`;
const V1 = "/instance/v1/zones/fr-par-1/security_groups";
const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const ssh = { protocol: "tcp", direction: "inbound", action: "accept", source_ip_range: "1.1.1.1/32" };

test("both APIs show the same group and the same rules", async () => {
  const { call } = aCloud();
  const group = (await call("POST", GROUPS, { name: "web", stateless: true, inbound_default_action: "drop" }))
    .json;
  const rule = {
    ...ssh,
    destination_ports: { start: 22, end: 22 },
    source_ports: { start: 1024, end: 65_535 },
  };
  const added = await call("POST", RULES, { security_group_id: group.id, security_group_rules: [rule] });
  assert.equal(added.json.added_rules.length, 1);
  const [shown] = added.json.security_group.rules;
  assert.deepEqual(shown, { ...rule, id: shown.id, destination_ip_range: "0.0.0.0/0", position: 1 });
  assert.equal(added.json.security_group.default_rules.length, 6);

  const old = (await call("GET", `${V1}/${group.id}`)).json.security_group;
  assert.deepEqual([old.stateful, old.inbound_default_policy], [false, "drop"]);
  const { rules } = (await call("GET", `${V1}/${group.id}/rules`)).json;
  assert.deepEqual(
    [rules[6].protocol, rules[6].ip_range, rules[6].dest_port_from, rules[6].dest_port_to],
    ["TCP", "1.1.1.1", 22, null],
  );
});

test("rules are moved, changed, replaced and deleted", async () => {
  const { call } = aCloud();
  const { id } = (await call("POST", GROUPS, { name: "web" })).json;
  const out = { ...ssh, direction: "outbound", destination_ip_range: "8.8.8.8/32" };
  const set = await call("PUT", RULES, { security_group_id: id, security_group_rules: [ssh, out] });
  const [first, second] = set.json.rules;
  assert.equal(second.destination_ip_range, "8.8.8.8/32");
  const moved = (await call("PATCH", `${RULES}/${second.id}`, { action: "drop", position: 1 })).json;
  assert.deepEqual(
    moved.rules.map((rule: { id: string; action: string }) => [rule.id, rule.action]),
    [
      [second.id, "drop"],
      [first.id, "accept"],
    ],
  );
  assert.equal((await call("DELETE", RULES, { security_group_rule_ids: [first.id, second.id] })).status, 204);
  assert.deepEqual((await call("GET", `${GROUPS}/${id}`)).json.rules, []);
});

test("a group is changed as asked, listed and deleted", async () => {
  const { call } = aCloud();
  const { id } = (await call("POST", GROUPS, { name: "web", tags: ["a"] })).json;
  const change = { disable_default_rules: true, inbound_default_action: "unknown_action" };
  const { json: changed } = await call("PATCH", `${GROUPS}/${id}`, change);
  assert.deepEqual(
    [changed.default_rules, changed.inbound_default_action, changed.tags],
    [[], "accept", ["a"]],
  );
  const { json: list } = await call("GET", GROUPS);
  assert.deepEqual([list.total_count, "rules" in list.security_groups[0]], [2, false]);
  assert.equal((await call("DELETE", `${GROUPS}/${id}`)).status, 204);
  assert.equal((await call("GET", `${GROUPS}/${id}`)).json.resource, "instance_security_group");
});

test("a project's default group is the last one that was made so", async () => {
  const { call } = aCloud();
  const defaults = async (): Promise<string[]> =>
    (await call("GET", GROUPS)).json.security_groups
      .filter((group: { project_default: boolean }) => group.project_default)
      .map(({ id }: { id: string }) => id);
  assert.equal((await defaults()).length, 1);
  const first = (await call("POST", GROUPS, { name: "web", project_default: true })).json;
  assert.deepEqual([first.project_default, await defaults()], [true, [first.id]]);
  const second = (await call("POST", GROUPS, { name: "db", project_default: false })).json;
  assert.deepEqual(await defaults(), [first.id]);
  await call("PATCH", `${GROUPS}/${second.id}`, { project_default: true });
  await call("PATCH", `${GROUPS}/${second.id}`, { project_default: false });
  assert.deepEqual(await defaults(), [second.id]);
  const root = { volume_type: "sbs", new_volume: { image_label: "ubuntu_jammy" } };
  const order = { name: "lab", server_type: "DEV1-S", volumes: [root] };
  const { public_network_interface: network } = (await call("POST", `${ZONE}/servers`, order)).json;
  assert.equal(network.security_group_id, second.id);
});

test("groups in use and wrong rules are refused", async () => {
  const { call, aServer } = aCloud();
  const { id } = (await call("POST", GROUPS, { name: "web" })).json;
  await aServer({ security_group: id });
  assert.equal((await call("DELETE", `${GROUPS}/${id}`)).json.precondition, "resource_still_in_use");
  assert.equal((await call("GET", `${GROUPS}/mine`)).json.details[0].argument_name, "security_group_id");
  assert.equal((await call("POST", GROUPS, {})).json.details[0].argument_name, "name");
  const add = async (rule: unknown, group = id) =>
    (await call("POST", RULES, { security_group_id: group, security_group_rules: [rule] })).json;
  assert.equal((await add(ssh, UNKNOWN)).resource, "instance_security_group");
  for (const field of ["protocol", "direction", "action"])
    assert.equal((await add({ ...ssh, [field]: undefined })).details[0].argument_name, field);
  assert.equal((await add({ ...ssh, protocol: "TCP" })).details[0].reason, "constraint");
  assert.equal((await add({ ...ssh, source_ports: { start: 2, end: 1 } })).details[0].reason, "constraint");
  assert.equal((await call("PUT", RULES, { security_group_id: id })).json.details[0].reason, "required");
  assert.equal(
    (await call("PATCH", `${RULES}/${UNKNOWN}`, {})).json.resource,
    "instance_security_group_rule",
  );
  assert.equal((await call("DELETE", RULES, {})).json.details[0].reason, "required");
  assert.equal((await call("DELETE", RULES, { security_group_rule_ids: [UNKNOWN] })).status, 404);
});
