import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../../testing/a-cloud.ts";

const ZONE = "/instance/v2alpha1/zones/fr-par-1";
const content = Buffer.from("größer").toString("base64");

test("servers and templates keep user data by key, in base64", async () => {
  const { call, aServer } = aCloud();
  const template = (await call("POST", `${ZONE}/templates`, { name: "web", server_type: "DEV1-S" })).json;
  const server = await aServer();
  for (const holder of [`${ZONE}/servers/${server.id}`, `${ZONE}/templates/${template.id}`]) {
    for (const key of ["b", "cloud-init", "a"])
      assert.equal((await call("PUT", `${holder}/user-data/${key}`, { content })).status, 204);
    assert.deepEqual((await call("GET", `${holder}/user-data/a`)).json, { key: "a", content });
    assert.deepEqual((await call("GET", `${holder}/user-data/cloud-init`)).json, {
      key: "cloud-init",
      content,
    });
    assert.equal((await call("DELETE", `${holder}/user-data/b`)).status, 204);
    assert.deepEqual((await call("GET", `${holder}/user-data`)).json, {
      keys: ["a", "cloud-init"],
      total_count: 2,
    });
  }
  assert.equal((await call("GET", `${server.path}/user_data/a`)).text, "größer");
});

test("what v1 sets as text v2alpha1 shows in base64", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  await call("PATCH", `${server.path}/user_data/cloud-init`, "größer");
  const path = `${ZONE}/servers/${server.id}/user-data/cloud-init`;
  assert.equal((await call("GET", path)).json.content, content);
});

test("user data that is missing, no base64 or too large is refused", async () => {
  const { call, aServer } = aCloud();
  const path = `${ZONE}/servers/${(await aServer()).id}/user-data`;
  for (const method of ["GET", "DELETE"])
    assert.equal((await call(method, `${path}/none`)).json.resource, "instance_user_data");
  assert.equal((await call("PUT", `${path}/a`, {})).json.details[0].reason, "required");
  assert.equal((await call("PUT", `${path}/a`, { content: "#!" })).json.details[0].reason, "format");
  const large = Buffer.alloc(128 * 1024 + 1).toString("base64");
  assert.equal((await call("PUT", `${path}/a`, { content: large })).json.details[0].reason, "constraint");
  assert.deepEqual((await call("GET", path)).json.keys, []);
});
