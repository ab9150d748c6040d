import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS, TOKEN } from "../testing/a-cloud.ts";

const denied = {
  message: "authentication is denied",
  method: "api_key",
  reason: "not_found",
  type: "denied_authentication",
};

test("without a good token nothing is shown", async () => {
  const { emulator } = aCloud({ secretKey: "22222222-2222-2222-2222-222222222222" });
  for (const headers of [{}, { "X-Auth-Token": TOKEN }, { "X-Auth-Token": "no uuid" }]) {
    const response = await emulator.fetch(`http://cloud.test${SERVERS}`, { headers });
    assert.equal(response.status, 401);
    assert.deepEqual(await response.json(), denied);
  }
  const good = { "X-Auth-Token": "22222222-2222-2222-2222-222222222222" };
  assert.equal((await emulator.fetch(`http://cloud.test${SERVERS}`, { headers: good })).status, 200);
});

test("JSON answers say exactly application/json, 204 too, and all carry a request id", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  const replies = [await call("GET", server.path), await call("DELETE", server.path)];
  for (const reply of replies) {
    assert.equal(reply.headers.get("Content-Type"), "application/json");
    assert.match(reply.headers.get("X-Request-Id") ?? "", /^[0-9a-f-]{36}$/);
  }
  assert.equal(replies[1]?.status, 204);
});

test("missing user data is an empty text 404", async () => {
  const { call, aServer } = aCloud();
  const server = await aServer();
  const missing = await call("GET", `${server.path}/user_data/none`);
  assert.deepEqual(
    [missing.status, missing.text, missing.headers.get("Content-Type")],
    [404, "", "text/plain"],
  );
  const large = await call("PATCH", `${server.path}/user_data/cloud-init`, "x".repeat(128 * 1024 + 1));
  assert.equal(large.status, 400);
});

test("a body that is no JSON object is refused", async () => {
  const { call } = aCloud();
  assert.equal((await call("POST", SERVERS, "nonsense")).status, 400);
  assert.equal((await call("POST", SERVERS, "[]")).json.type, "invalid_arguments");
});

test("credentials are checked by their API key", async () => {
  const { call } = aCloud();
  assert.equal((await call("GET", "/iam/v1alpha1/api-keys/SCWXXXXXXXXXXXXXXXXX")).status, 200);
  assert.equal((await call("GET", "/iam/v1alpha1/api-keys/nonsense")).json.resource, "access_key");
});
