import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";

const GROUPS = "/instance/v1/zones/fr-par-1/security_groups";

test("every project has a default group, which comes again when it was deleted", async () => {
  const { call } = aCloud();
  const [group] = (await call("GET", GROUPS)).json.security_groups;
  assert.equal(group.project_default, true);
  assert.equal((await call("DELETE", `${GROUPS}/${group.id}`)).status, 204);
  const [again] = (await call("GET", GROUPS)).json.security_groups;
  assert.equal(again.project_default, true);
  assert.notEqual(again.id, group.id);
});

test("a group that was changed takes a moment to reach the machines", async () => {
  const { call, pass } = aCloud();
  const path = `${GROUPS}/${(await call("POST", GROUPS, { name: "web" })).json.security_group.id}`;
  const stateAfter = async (body: unknown): Promise<string> =>
    (await call("PATCH", path, body)).json.security_group.state;
  pass(1);
  assert.equal(await stateAfter({ name: "web", tags: [] }), "available");
  assert.equal(await stateAfter({ tags: ["new"] }), "syncing");
  assert.equal((await call("GET", path)).json.security_group.state, "syncing");
  pass(1);
  assert.equal((await call("GET", path)).json.security_group.state, "available");
});

test("a group that a server uses cannot be deleted", async () => {
  const { call, aServer } = aCloud();
  const { security_group: group } = (await call("POST", GROUPS, { name: "web" })).json;
  const server = await aServer({ security_group: group.id });
  assert.deepEqual((await call("GET", `${GROUPS}/${group.id}`)).json.security_group.servers, [
    { id: server.id, name: "lab" },
  ]);
  assert.equal((await call("DELETE", `${GROUPS}/${group.id}`)).status, 400);
  await call("DELETE", server.path);
  assert.equal((await call("DELETE", `${GROUPS}/${group.id}`)).status, 204);
});

test("the mail ports stay shut whatever rules are set", async () => {
  const { call } = aCloud();
  const { security_group: group } = (await call("POST", GROUPS, { name: "web" })).json;
  const rule = {
    action: "accept",
    protocol: "TCP",
    direction: "inbound",
    ip_range: "1.1.1.1/32",
    dest_port_from: 22,
  };
  const { rules } = (await call("PUT", `${GROUPS}/${group.id}/rules`, { rules: [rule] })).json;
  assert.equal(rules.length, 7);
  assert.deepEqual([rules[6].ip_range, rules[6].position, rules[6].editable], ["1.1.1.1", 1, true]);
  assert.equal((await call("PUT", `${GROUPS}/${group.id}/rules`, { rules })).json.rules.length, 7);
  const list = await call("GET", `${GROUPS}/${group.id}/rules`);
  assert.equal(list.headers.get("X-Total-Count"), null);
});

test("a single address is written without its mask, and a range with it", async () => {
  const { call } = aCloud();
  const { security_group: group } = (await call("POST", GROUPS, { name: "web" })).json;
  for (const [asked, shown] of [
    ["1.1.1.1/32", "1.1.1.1"],
    ["1.2.0.0/16", "1.2.0.0/16"],
    ["2002::1234:abcd:ffff:c0a8:101/128", "2002::1234:abcd:ffff:c0a8:101"],
    ["2001:db8::/32", "2001:db8::/32"],
    ["2002:0:0:1234::/64", "2002:0:0:1234::/64"],
  ]) {
    const rule = { action: "accept", protocol: "TCP", direction: "inbound", ip_range: asked };
    const { rules } = (await call("PUT", `${GROUPS}/${group.id}/rules`, { rules: [rule] })).json;
    assert.equal(rules.at(-1).ip_range, shown);
  }
});

test("a group becomes its project's default one when it is made, changed or set, and new servers go there", async () => {
  const { call, aServer, emulator } = aCloud();
  const defaults = async (): Promise<string[]> =>
    (await call("GET", `${GROUPS}?project_default=true`)).json.security_groups.map(
      (group: { name: string }) => group.name,
    );
  assert.deepEqual(await defaults(), ["Default security group"]);
  const made = (await call("POST", GROUPS, { name: "web", project_default: true })).json.security_group;
  assert.deepEqual([made.project_default, made.organization_default], [true, true]);
  assert.deepEqual(await defaults(), ["web"]);
  const server = await aServer();
  assert.equal((await call("GET", server.path)).json.server.security_group.id, made.id);

  const second = (await call("POST", GROUPS, { name: "db" })).json.security_group;
  const changed = await call("PATCH", `${GROUPS}/${second.id}`, { project_default: true });
  assert.equal(changed.json.security_group.project_default, true);
  assert.deepEqual(await defaults(), ["db"]);
  await call("PUT", `${GROUPS}/${made.id}`, { name: "web", organization_default: true });
  assert.deepEqual(await defaults(), ["web"]);
  await call("PATCH", `${GROUPS}/${made.id}`, { project_default: false });
  assert.deepEqual(await defaults(), ["web"]);
  const left = emulator.leftovers().others.map(({ name }) => name);
  assert.deepEqual(left, ["web", "db"]);
});

test("a project that is made has a default group with its first server", async () => {
  const { call, aServer } = aCloud();
  const { id } = (await call("POST", "/account/v3/projects", { name: "lab" })).json;
  const groups = async (): Promise<number> =>
    (await call("GET", `${GROUPS}?project=${id}`)).json.security_groups.length;
  assert.equal(await groups(), 0);
  await aServer({ project: id });
  assert.equal(await groups(), 1);
});
