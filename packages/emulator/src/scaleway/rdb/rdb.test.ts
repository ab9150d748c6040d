import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { aDatabase, DATABASES, ORDER } from "../../testing/a-database.ts";
import { ADDRESSES, aNetwork, expectRefusal } from "../../testing/a-network.ts";
import { SENTINELS } from "../seed/sentinels.ts";

const BUSY = { status: 409, about: "transient_state" };

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever the cloud answers
async function shown({ call }: Cloud, { path }: { path: string }): Promise<Record<string, any>> {
  return (await call("GET", path)).json;
}

describe("a database instance", () => {
  test("is made within minutes, with an endpoint, and goes within minutes", async () => {
    const cloud = aCloud();
    const { call, pass, emulator } = cloud;
    const made = (await call("POST", DATABASES, ORDER)).json;
    assert.deepEqual(
      [made.status, made.node_type, made.endpoint, made.endpoints, made.settings],
      ["provisioning", "db-dev-s", null, [], []],
    );
    assert.deepEqual(made.volume, { type: "lssd", size: 5e9, class: "lssd" });
    const path = `${DATABASES}/${made.id}`;
    pass(200);
    assert.equal((await shown(cloud, { path })).status, "provisioning");
    pass(200);
    const ready = await shown(cloud, { path });
    assert.equal(ready.status, "ready");
    assert.deepEqual(ready.endpoints, [ready.endpoint]);
    assert.deepEqual(ready.endpoint.load_balancer, {});

    assert.equal((await call("DELETE", path)).json.status, "deleting");
    await expectRefusal(cloud, ["DELETE", path], BUSY);
    const [left] = emulator.leftovers().others;
    assert.deepEqual([left?.kind, left?.state], ["databaseInstance", "deleting"]);
    pass(121);
    await expectRefusal(cloud, ["GET", path], { status: 404, about: '"resource":"instance"' });
    assert.deepEqual(emulator.leftovers().others, []);
  });

  test("can be deleted while it is being made, and stays gone", async () => {
    const cloud = aCloud();
    const { id } = (await cloud.call("POST", DATABASES, ORDER)).json;
    assert.equal((await cloud.call("DELETE", `${DATABASES}/${id}`)).status, 200);
    cloud.pass(500);
    assert.equal((await cloud.call("GET", `${DATABASES}/${id}`)).status, 404);
  });

  test("takes one change at a time", async () => {
    const cloud = aCloud();
    const database = await aDatabase(cloud);
    const rules = [{ ip: "10.0.0.0/8", description: "" }];
    const set = await cloud.call("PUT", `${database.path}/acls`, { rules });
    const [rule] = set.json.rules;
    assert.equal(rule.description, "IP allowed");
    assert.equal(rule.port, (await shown(cloud, database)).endpoint.port);
    await expectRefusal(cloud, ["POST", `${database.path}/databases`, { name: "x" }], BUSY);
    await expectRefusal(cloud, ["PATCH", database.path, { name: "x" }], BUSY);
    cloud.pass(31);
    assert.equal((await cloud.call("POST", `${database.path}/databases`, { name: "x" })).status, 200);
  });

  test("has users, databases and what those may do in these", async () => {
    const cloud = aCloud();
    const { call } = cloud;
    const { path } = await aDatabase(cloud);
    await call("POST", `${path}/users`, { name: "app", password: "S3cret!!" });
    await call("POST", `${path}/databases`, { name: "shop" });
    const { users } = (await call("GET", `${path}/users`)).json;
    assert.deepEqual(users, [
      { name: "admin", is_admin: true },
      { name: "app", is_admin: false },
    ]);
    const { databases } = (await call("GET", `${path}/databases`)).json;
    assert.deepEqual(
      databases.map(({ name }: { name: string }) => name),
      ["rdb", "shop"],
    );
    const grant = { user_name: "app", database_name: "shop", permission: "readwrite" };
    assert.deepEqual((await call("PUT", `${path}/privileges`, grant)).json, grant);
    const { privileges } = (await call("GET", `${path}/privileges?user_name=app&database_name=shop`)).json;
    assert.deepEqual(privileges, [grant]);
    await expectRefusal(cloud, ["POST", `${path}/users`, { name: "app", password: "x" }], {
      status: 409,
      about: "already_exists",
    });
    assert.equal((await call("DELETE", `${path}/users/app`)).status, 204);
    await expectRefusal(cloud, ["DELETE", `${path}/users/app`], { status: 404, about: '"user"' });
    assert.equal((await call("DELETE", `${path}/databases/shop`)).status, 204);
    assert.equal((await call("GET", `${path}/privileges`)).json.total_count, 1);
  });

  test("is in a private network, which cannot go before it is out", async () => {
    const cloud = aCloud();
    const { call, pass } = cloud;
    const network = await aNetwork(cloud);
    const place = { private_network: { private_network_id: network.id, ipam_config: {} } };
    const database = await aDatabase(cloud, { init_endpoints: [place] });
    const { endpoint, endpoints } = await shown(cloud, database);
    assert.deepEqual([endpoint, endpoints.length], [null, 1]);
    const query = `resource_id=${database.id}&resource_type=rdb_instance`;
    const [address] = (await call("GET", `${ADDRESSES}?${query}`)).json.ips;
    assert.equal(address.address, endpoints[0].private_network.service_ip);
    await expectRefusal(cloud, ["DELETE", network.path], { status: 412, about: "must be empty" });

    const open = { endpoint_spec: { load_balancer: {} } };
    assert.deepEqual((await call("POST", `${database.path}/endpoints`, open)).json, {
      id: "",
      name: null,
      port: 0,
    });
    pass(91);
    assert.ok((await shown(cloud, database)).endpoint.ip);
    assert.equal((await call("DELETE", `/rdb/v1/regions/fr-par/endpoints/${endpoints[0].id}`)).status, 204);
    pass(31);
    assert.equal((await shown(cloud, database)).endpoints.length, 1);
    assert.equal((await call("DELETE", network.path)).status, 204);
  });

  test("of the next major version is another instance, which takes the endpoints", async () => {
    const cloud = aCloud();
    const old = await aDatabase(cloud, { engine: "PostgreSQL-16", volume_type: "sbs_5k", volume_size: 10e9 });
    const before = await shown(cloud, old);
    const [to] = before.upgradable_version;
    const workflow = { upgradable_version_id: to.id, with_endpoints: true };
    const next = (await cloud.call("POST", `${old.path}/upgrade`, { major_upgrade_workflow: workflow })).json;
    assert.deepEqual([next.engine, next.status], ["PostgreSQL-17", "provisioning"]);
    cloud.pass(400);
    const after = await shown(cloud, { path: `${DATABASES}/${next.id}` });
    assert.deepEqual([after.status, after.endpoint], ["ready", before.endpoint]);
    assert.deepEqual((await shown(cloud, old)).endpoints, []);
    const grow = (volume_size: number) => cloud.call("POST", `${old.path}/upgrade`, { volume_size });
    assert.equal((await grow(5e9)).status, 400);
    assert.deepEqual((await grow(20e9)).json.volume, { type: "sbs_5k", size: 20e9, class: "sbs" });
  });

  test("leaves its snapshots and backups behind", async () => {
    const cloud = aCloud();
    const { call, pass, emulator } = cloud;
    const { id, path } = await aDatabase(cloud, { tags: ["a"] });
    const snapshot = (await call("POST", `${path}/snapshots`, { name: "before" })).json;
    const order = { instance_id: id, database_name: "rdb", name: "daily" };
    const backup = (await call("POST", "/rdb/v1/regions/fr-par/backups", order)).json;
    assert.deepEqual([snapshot.status, backup.status], ["creating", "creating"]);
    pass(20);
    await call("DELETE", path);
    pass(121);
    const kinds = () => emulator.leftovers().others.map(({ kind }) => kind);
    assert.deepEqual(kinds(), ["databaseSnapshot", "databaseBackup"]);
    const again = `/rdb/v1/regions/fr-par/snapshots/${snapshot.id}`;
    const made = (await call("POST", `${again}/create-instance`, { instance_name: "again" })).json;
    assert.deepEqual([made.status, made.tags], ["provisioning", ["a"]]);
    assert.equal((await call("DELETE", again)).json.status, "deleting");
    assert.equal(
      (await call("DELETE", `/rdb/v1/regions/fr-par/backups/${backup.id}`)).json.status,
      "deleting",
    );
    pass(20);
    assert.deepEqual(kinds(), ["databaseInstance"]);
  });
});

test("node types that are named for what goes wrong do so", async () => {
  const cloud = aCloud();
  const create = (node_type: string) => cloud.call("POST", DATABASES, { ...ORDER, node_type });
  assert.equal((await create(SENTINELS.outOfStock)).json.type, "out_of_stock");
  assert.equal((await create(SENTINELS.quota)).json.type, "quotas_exceeded");
  assert.equal((await create(SENTINELS.busy)).status, 429);
  await assert.rejects(create(SENTINELS.lostAnswer), TypeError);
  await create(SENTINELS.neverBoots);
  cloud.pass(4_000);
  const { instances } = (await cloud.call("GET", DATABASES)).json;
  assert.deepEqual(
    instances.map(({ status }: { status: string }) => status),
    ["ready", "provisioning"],
  );
});

test("what makes no sense is refused, and nothing is made", async () => {
  const cloud = aCloud({ strictProjects: true });
  const network = await aNetwork(cloud);
  const static_ = { private_network: { private_network_id: network.id, service_ip: "nowhere" } };
  const wrong: [Record<string, unknown>, number, string][] = [
    [{ name: "" }, 400, "name"],
    [{ engine: "PostgreSQL-9.6" }, 400, "engine"],
    [{ node_type: "db-none" }, 400, "node_type"],
    [{ node_type: "db-play2-pico" }, 400, "volume_type"],
    [{ volume_type: "sbs_5k", volume_size: 1 }, 400, "volume_size"],
    [{ project_id: "22222222-2222-2222-2222-222222222222" }, 404, "project"],
    [{ init_endpoints: [static_] }, 400, "service_ip"],
  ];
  for (const [body, status, about] of wrong)
    await expectRefusal(cloud, ["POST", DATABASES, { ...ORDER, ...body }], { status, about });
  const kinds = cloud.emulator.leftovers().others.map(({ kind }) => kind);
  assert.deepEqual(kinds, ["privateNetwork"]);
});
