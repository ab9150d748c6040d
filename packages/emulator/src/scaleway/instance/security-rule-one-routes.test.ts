import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const GROUPS = "/instance/v1/zones/fr-par-1/security_groups";

test("a rule is changed in what the request names, and set as a whole", async () => {
  const { call } = aCloud();
  const rules = `${GROUPS}/${(await call("POST", GROUPS, { name: "web" })).json.security_group.id}/rules`;
  const given = { action: "accept", protocol: "TCP", ip_range: "10.0.0.0/8", dest_port_from: 22 };
  const { rule } = (await call("POST", rules, given)).json;
  const one = `${rules}/${rule.id}`;
  const changed = (await call("PATCH", one, { dest_port_from: 23 })).json.rule;
  assert.deepEqual([changed.ip_range, changed.dest_port_from, changed.id], ["10.0.0.0/8", 23, rule.id]);
  const set = (await call("PUT", one, { protocol: "UDP" })).json.rule;
  assert.deepEqual([set.protocol, set.ip_range, set.dest_port_from], ["UDP", "0.0.0.0/0", null]);
  assert.equal((await call("DELETE", one)).status, 204);
  assert.equal((await call("GET", one)).json.resource, "instance_security_group_rule");
});

test("the rules for mail can be read and not changed", async () => {
  const { call } = aCloud();
  const rules = `${GROUPS}/${(await call("POST", GROUPS, { name: "web" })).json.security_group.id}/rules`;
  const [mail] = (await call("GET", `${GROUPS}/default/rules`)).json.rules;
  assert.equal((await call("GET", `${rules}/${mail.id}`)).json.rule.editable, false);
  assert.equal((await call("PATCH", `${rules}/${mail.id}`, { action: "accept" })).status, 404);
  assert.equal((await call("DELETE", `${rules}/${UNKNOWN}`)).status, 404);
});
