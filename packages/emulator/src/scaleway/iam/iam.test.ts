import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const IAM = "/iam/v1alpha1";

async function anApplication({ call }: Cloud): Promise<string> {
  return (await call("POST", `${IAM}/applications`, { name: "robot", description: "", tags: null })).json.id;
}

test("an application has keys, whose secrets are shown once", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const id = await anApplication(cloud);
  const { status, json: key } = await call("POST", `${IAM}/api-keys`, {
    application_id: id,
    description: "ci",
  });
  assert.equal(status, 200);
  assert.match(key.access_key, /^SCW[A-Z0-9]{17}$/);
  assert.match(key.secret_key, /^[0-9a-f-]{36}$/);
  const path = `${IAM}/api-keys/${key.access_key}`;
  assert.deepEqual((await call("GET", path)).json, { ...key, secret_key: null });
  assert.equal((await call("PATCH", path, { description: "cd" })).json.description, "cd");
  assert.equal((await call("GET", `${IAM}/applications/${id}`)).json.nb_api_keys, 1);
  assert.equal((await call("DELETE", path)).status, 204);
  const gone = await call("GET", path);
  assert.deepEqual([gone.status, gone.json.resource], [404, "access_key"]);
});

test("the key with which a caller comes exists", async () => {
  const { call } = aCloud();
  const { json } = await call("GET", `${IAM}/api-keys/SCWEMULATEDEMULATED1`);
  assert.equal((await call("GET", `${IAM}/users/${json.user_id}`)).json.type, "owner");
  assert.equal((await call("GET", `${IAM}/api-keys/no-key`)).status, 404);
});

test("an application takes its keys with it", async () => {
  const cloud = aCloud();
  const id = await anApplication(cloud);
  await cloud.call("POST", `${IAM}/api-keys`, { application_id: id });
  assert.equal((await cloud.call("DELETE", `${IAM}/applications/${id}`)).status, 204);
  assert.equal((await cloud.call("GET", `${IAM}/api-keys`)).json.total_count, 0);
  assert.equal((await cloud.call("GET", `${IAM}/applications/${id}`)).json.resource, "application");
});

test("a policy says by its rules what somebody may do", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const id = await anApplication(cloud);
  const rule = { permission_set_names: ["InstancesFullAccess"], condition: "", project_ids: [UNKNOWN] };
  const body = { name: "servers", description: "", application_id: id, rules: [rule] };
  const made = (await call("POST", `${IAM}/policies`, body)).json;
  assert.deepEqual([made.application_id, made.nb_rules], [id, 0]);
  const path = `${IAM}/policies/${made.id}`;
  assert.equal((await call("GET", path)).json.nb_rules, 1);
  const { rules } = (await call("GET", `${IAM}/rules?policy_id=${made.id}`)).json;
  assert.deepEqual([rules[0].project_ids, rules[0].permission_sets_scope_type], [[UNKNOWN], "projects"]);
  const wide = { permission_set_names: ["IAMReadOnly"], condition: "", organization_id: UNKNOWN };
  const set = await call("PUT", `${IAM}/rules`, { policy_id: made.id, rules: [rule, wide] });
  assert.equal(set.json.rules[1].organization_id, UNKNOWN);
  assert.equal((await call("GET", path)).json.nb_scopes, 1);
  const nobody = (await call("PATCH", path, { no_principal: true })).json;
  assert.deepEqual([nobody.no_principal, nobody.application_id], [true, undefined]);
});

test("people and applications are put into groups", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const applicationId = await anApplication(cloud);
  const member = { email: "ada@mayfly.test", username: "ada", send_password_email: false };
  const user = (await call("POST", `${IAM}/users`, { member })).json;
  assert.deepEqual([user.username, user.type, user.deletable], ["ada", "member", true]);
  const { id } = (await call("POST", `${IAM}/groups`, { name: "builders", description: "" })).json;
  const path = `${IAM}/groups/${id}`;
  await call("PUT", `${path}/members`, { user_ids: [user.id], application_ids: [] });
  const both = (await call("POST", `${path}/add-member`, { application_id: applicationId })).json;
  assert.deepEqual([both.user_ids, both.application_ids], [[user.id], [applicationId]]);
  const one = (await call("POST", `${path}/remove-member`, { user_id: user.id })).json;
  assert.deepEqual([one.user_ids, one.application_ids], [[], [applicationId]]);
  assert.equal((await call("GET", `${IAM}/groups?application_ids=${applicationId}`)).json.total_count, 1);
});

test("what is not there cannot be referred to", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const refusals: [string, string, Record<string, unknown>, number, string][] = [
    ["POST", "api-keys", { application_id: UNKNOWN }, 404, "application"],
    ["POST", "api-keys", {}, 400, "application_id"],
    ["POST", "api-keys", { user_id: UNKNOWN }, 404, "user"],
    ["POST", "policies", { name: "a", group_id: UNKNOWN }, 404, "group"],
    ["POST", "policies", { name: "a", group_id: UNKNOWN, no_principal: true }, 400, "principal"],
    ["POST", "policies", { name: "a", rules: [{ permission_set_names: ["A"] }] }, 400, "scope"],
    ["PUT", "rules", { policy_id: UNKNOWN, rules: [] }, 404, "policy"],
    ["GET", `rules?policy_id=${UNKNOWN}`, {}, 404, "policy"],
    ["PUT", `groups/${UNKNOWN}/members`, {}, 404, "group"],
    ["GET", `users/${UNKNOWN}`, {}, 404, "user"],
    ["POST", "applications", {}, 400, "name"],
  ];
  for (const [method, path, body, status, about] of refusals) {
    const reply = await call(method, `${IAM}/${path}`, method === "GET" ? undefined : body);
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
});
