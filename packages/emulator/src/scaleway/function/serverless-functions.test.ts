import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { expectRefusal } from "../../testing/a-network.ts";
import { SENTINELS } from "../seed/sentinels.ts";

const BASE = "/functions/v1beta1/regions/fr-par";
const NAMESPACES = `${BASE}/namespaces`;

async function aNamespace({ call, pass }: Cloud): Promise<{ id: string; path: string }> {
  const reply = await call("POST", NAMESPACES, { name: "jobs" });
  assert.equal(reply.status, 200, reply.text);
  pass(20);
  return { id: reply.json.id, path: `${NAMESPACES}/${reply.json.id}` };
}

test("a namespace is made, changed and deleted, and counts as left behind meanwhile", async () => {
  const cloud = aCloud();
  const { call, pass, emulator } = cloud;
  const secret = { key: "PASSWORD", value: "hunter2" };
  const order = { name: "My Jobs!", tags: ["a"], secret_environment_variables: [secret] };
  const made = await call("POST", NAMESPACES, order);
  assert.deepEqual([made.json.status, made.json.registry_endpoint], ["pending", ""]);
  assert.ok(!made.text.includes("hunter2"), made.text);
  const path = `${NAMESPACES}/${made.json.id}`;
  pass(20);
  const ready = (await call("GET", path)).json;
  assert.match(ready.registry_endpoint, /^rg\.fr-par\.scw\.cloud\/funcscwmyjobs[0-9a-f]{8}$/);
  assert.equal((await call("PATCH", path, { description: "x" })).json.status, "pending");
  pass(20);
  const changed = (await call("GET", path)).json;
  assert.deepEqual(
    [changed.status, changed.description, changed.secret_environment_variables[0].key],
    ["ready", "x", "PASSWORD"],
  );
  assert.equal((await call("DELETE", path)).json.status, "deleting");
  assert.deepEqual(
    emulator.leftovers().others.map(({ kind, state }) => [kind, state]),
    [["functionNamespace", "deleting"]],
  );
  await expectRefusal(cloud, ["PATCH", path, {}], { status: 409, about: "transient_state" });
  pass(6);
  const gone = await call("GET", path);
  assert.deepEqual([gone.status, gone.json], [404, { message: "Namespace was not found" }]);
  assert.deepEqual(emulator.leftovers().others, []);
});

test("a secret is set by its value, taken away without one, and stays when it is not named", async () => {
  const cloud = aCloud();
  const { call, pass } = cloud;
  const { path } = await aNamespace(cloud);
  const keysAfter = async (...secrets: { key: string; value?: string | null }[]) => {
    await call("PATCH", path, { secret_environment_variables: secrets });
    pass(20);
    const { secret_environment_variables: kept } = (await call("GET", path)).json;
    return kept.map(({ key }: { key: string }) => key);
  };
  assert.deepEqual(await keysAfter({ key: "A", value: "1" }, { key: "B", value: "2" }), ["A", "B"]);
  assert.deepEqual(await keysAfter({ key: "A" }, { key: "C", value: "3" }), ["B", "C"]);
  assert.deepEqual(await keysAfter({ key: "C", value: null }), ["B"]);
});

test("what is in a namespace goes with it", async () => {
  const cloud = aCloud();
  const { call, pass } = cloud;
  const namespace = await aNamespace(cloud);
  const of = { name: "hello", namespace_id: namespace.id, runtime: "node26" };
  const made = (await call("POST", `${BASE}/functions`, of)).json;
  assert.deepEqual([made.status, made.sandbox, made.cpu_limit], ["created", "v2", 140]);
  const cron = { function_id: made.id, schedule: "0 0 * * *" };
  const ids = {
    functions: made.id,
    crons: (await call("POST", `${BASE}/crons`, cron)).json.id,
    tokens: (await call("POST", `${BASE}/tokens`, { namespace_id: namespace.id })).json.id,
  };
  await call("DELETE", namespace.path);
  pass(6);
  for (const [kind, id] of Object.entries(ids))
    assert.equal((await call("GET", `${BASE}/${kind}/${id}`)).status, 404, kind);
});

test("a function without code cannot be built, one with code can", async () => {
  const cloud = aCloud();
  const { call, pass } = cloud;
  const { id } = await aNamespace(cloud);
  const made = (await call("POST", `${BASE}/functions`, { name: "hello", namespace_id: id })).json;
  const path = `${BASE}/functions/${made.id}`;
  assert.equal((await call("PATCH", path, { memory_limit: 512 })).json.status, "pending");
  pass(121);
  const failed = (await call("GET", path)).json;
  assert.deepEqual([failed.status, failed.error_message], ["error", "internal error"]);
  await call("GET", `${path}/upload-url?content_length=10`);
  await call("POST", `${path}/deploy`, {});
  pass(121);
  assert.equal((await call("GET", path)).json.status, "ready");
});

test("names that say what goes wrong do so", async () => {
  const cloud = aCloud();
  const create = (name: string) => cloud.call("POST", NAMESPACES, { name });
  assert.equal((await create(SENTINELS.quota)).json.type, "quotas_exceeded");
  assert.equal((await create(SENTINELS.busy)).status, 429);
  await assert.rejects(create(SENTINELS.lostAnswer), TypeError);
  await create(SENTINELS.neverBoots);
  cloud.pass(600);
  const { namespaces } = (await cloud.call("GET", NAMESPACES)).json;
  assert.deepEqual(
    namespaces.map(({ status }: { status: string }) => status),
    ["ready", "pending"],
  );
  const early = { name: "hello", namespace_id: namespaces[1].id };
  await expectRefusal(cloud, ["POST", `${BASE}/functions`, early], { status: 409, about: "transient_state" });
});
