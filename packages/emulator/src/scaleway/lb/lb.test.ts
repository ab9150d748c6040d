import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aBackend, aLoadBalancer, LB_IPS, LBS } from "../../testing/a-load-balancer.ts";
import { aCloud } from "../../testing/a-cloud.ts";
import { ADDRESSES, aNetwork, expectRefusal } from "../../testing/a-network.ts";
import { SENTINELS } from "../seed/sentinels.ts";

const NOBODY = "22222222-2222-2222-2222-222222222222";

describe("a load balancer", () => {
  test("is made, becomes ready and goes, with all its parts but its address", async () => {
    const cloud = aCloud();
    const { call, pass, emulator } = cloud;
    const made = (await call("POST", LBS, { name: "front", type: "LB-S", tags: ["a"] })).json;
    assert.deepEqual([made.status, made.type, made.instances], ["to_create", "lb-s", []]);
    const path = `${LBS}/${made.id}`;
    pass(0.5);
    const underway = (await call("GET", path)).json;
    assert.deepEqual([underway.status, underway.instances[0].status], ["creating", "unknown"]);
    pass(5);
    assert.equal((await call("GET", path)).json.status, "ready");
    const backend = await aBackend(cloud, { path });
    const [ip] = made.ip;
    assert.equal(ip.reverse, `${ip.ip_address.replaceAll(".", "-")}.lb.fr-par.scw.cloud`);

    assert.equal((await call("DELETE", path)).status, 204);
    assert.equal((await call("DELETE", path)).status, 204);
    assert.equal((await call("GET", path)).json.status, "to_delete");
    pass(31);
    const gone = await call("GET", path);
    assert.deepEqual([gone.status, gone.json], [404, { message: "lbs not Found" }]);
    assert.equal((await call("GET", `/lb/v1/zones/fr-par-1/backends/${backend}`)).status, 404);
    assert.equal((await call("GET", `${LB_IPS}/${ip.id}`)).json.lb_id, null);
    assert.deepEqual(
      emulator.leftovers().others.map(({ kind, id }) => [kind, id]),
      [["loadBalancerAddress", ip.id]],
    );
    assert.equal((await call("DELETE", `${LB_IPS}/${ip.id}`)).status, 204);
    assert.deepEqual(emulator.leftovers().others, []);
  });

  test("takes its address with it when told so", async () => {
    const cloud = aCloud();
    const { path } = await aLoadBalancer(cloud);
    await cloud.call("DELETE", `${path}?release_ip=true`);
    cloud.pass(31);
    assert.deepEqual(cloud.emulator.leftovers().others, []);
  });

  test("is not ready for a moment after each change of what is in it", async () => {
    const cloud = aCloud();
    const { call, pass } = cloud;
    const { path } = await aLoadBalancer(cloud);
    const machine = async () => (await call("GET", path)).json.instances[0].status;
    assert.equal(await machine(), "ready");
    await aBackend(cloud, { path });
    assert.equal(await machine(), "pending");
    pass(1);
    assert.equal(await machine(), "ready");
  });

  test("that is on its way out takes no changes, and still goes", async () => {
    const cloud = aCloud();
    const { call, pass } = cloud;
    const { path } = await aLoadBalancer(cloud);
    const backend = await aBackend(cloud, { path });
    await call("DELETE", path);
    await expectRefusal(cloud, ["PUT", path, { name: "x" }], { status: 409, about: "to_delete" });
    await expectRefusal(
      cloud,
      ["POST", `${path}/certificates`, { name: "x", letsencrypt: { common_name: "x" } }],
      { status: 409, about: "transient_state" },
    );
    await call("PUT", `/lb/v1/zones/fr-par-1/backends/${backend}/servers`, { server_ip: ["10.0.0.1"] });
    pass(31);
    assert.equal((await call("GET", path)).status, 404);
  });

  test("is in a private network with an address of it, and holds the network until it is out", async () => {
    const cloud = aCloud();
    const { call, pass } = cloud;
    const { id, path } = await aLoadBalancer(cloud);
    const network = await aNetwork(cloud);
    const attach = ["POST", `${path}/attach-private-network`, { private_network_id: network.id }] as const;
    const attached = await call(...attach);
    assert.deepEqual([attached.json.status, attached.json.ipam_ids], ["pending", []]);
    await expectRefusal(cloud, [...attach], { status: 412, about: "resource_still_in_use" });
    pass(4);
    const [joined] = (await call("GET", `${path}/private-networks`)).json.private_network;
    assert.equal(joined.status, "ready");
    const [address] = (await call("GET", `${ADDRESSES}?resource_id=${id}&resource_type=lb_server`)).json.ips;
    assert.deepEqual(joined.ipam_ids, [address.id]);

    await call("POST", `${path}/detach-private-network`, { private_network_id: network.id });
    await expectRefusal(cloud, ["DELETE", network.path], { status: 412, about: "must be empty" });
    pass(4);
    assert.equal((await call("DELETE", network.path)).status, 204);
  });

  test("a frontend holds its backend and its certificate, and takes its rules along", async () => {
    const cloud = aCloud();
    const { call, pass } = cloud;
    const { path } = await aLoadBalancer(cloud);
    const backend = await aBackend(cloud, { path });
    const wanted = { name: "tls", letsencrypt: { common_name: "shop.example" } };
    const certificate = (await call("POST", `${path}/certificates`, wanted)).json.id;
    pass(13);
    const made = await call("POST", `${path}/frontends`, {
      name: "https",
      inbound_port: 443,
      backend_id: backend,
      certificate_ids: [certificate],
    });
    assert.equal(made.json.certificate.status, "ready");
    const frontend = `/lb/v1/zones/fr-par-1/frontends/${made.json.id}`;
    const rule = { name: "none", index: 1, action: { type: "deny" }, match: { ip_subnet: ["10.0.0.0/8"] } };
    const acl = (await call("POST", `${frontend}/acls`, rule)).json.id;
    for (const held of [`backends/${backend}`, `certificates/${certificate}`])
      await expectRefusal(cloud, ["DELETE", `/lb/v1/zones/fr-par-1/${held}`], {
        status: 412,
        about: "resource_still_in_use",
      });
    assert.equal((await call("DELETE", frontend)).status, 204);
    assert.equal((await call("GET", `/lb/v1/zones/fr-par-1/acls/${acl}`)).status, 404);
    assert.equal((await call("DELETE", `/lb/v1/zones/fr-par-1/backends/${backend}`)).status, 204);
  });

  test("costs while it is there, and so does its address", async () => {
    const cloud = aCloud();
    await aLoadBalancer(cloud);
    cloud.pass(3_590);
    const items = cloud.emulator.bill().items.map(({ kind, euros }) => [kind, euros.toFixed(4)]);
    assert.deepEqual(items, [
      ["loadBalancer", "0.0177"],
      ["loadBalancerAddress", "0.0040"],
    ]);
  });
});

test("types that are named for what goes wrong do so for load balancers too", async () => {
  const cloud = aCloud();
  const create = (type: string) => cloud.call("POST", LBS, { name: "front", type });
  assert.equal((await create(SENTINELS.outOfStock)).json.type, "out_of_stock");
  assert.equal((await create(SENTINELS.quota)).json.type, "quotas_exceeded");
  assert.equal((await create(SENTINELS.busy)).status, 429);
  await assert.rejects(create(SENTINELS.lostAnswer), TypeError);
  const [made] = (await cloud.call("GET", LBS)).json.lbs;
  assert.equal(made.type, SENTINELS.lostAnswer.toLowerCase());
  await create(SENTINELS.neverBoots);
  cloud.pass(600);
  const { lbs } = (await cloud.call("GET", LBS)).json;
  assert.deepEqual(
    lbs.map(({ status }: { status: string }) => status),
    ["ready", "creating"],
  );
});

test("what makes no sense is refused, and nothing is made", async () => {
  const cloud = aCloud();
  const { ipId, path } = await aLoadBalancer(cloud);
  const refused = (body: unknown, status: number, about: string) =>
    expectRefusal(cloud, ["POST", LBS, body], { status, about });
  await refused({ type: "lb-s" }, 400, "name");
  await refused({ name: "x", type: "lb-xxl" }, 400, "type");
  await refused({ name: "x", type: "lb-s", ip_id: ipId }, 412, "resource_still_in_use");
  await refused({ name: "x", type: "lb-s", ip_id: NOBODY }, 404, "ips not Found");
  await expectRefusal(cloud, ["DELETE", `${LB_IPS}/${ipId}`], { status: 412, about: "still_in_use" });
  const custom = { name: "x", custom_certificate: { certificate_chain: "secret" } };
  await expectRefusal(cloud, ["POST", `${path}/certificates`, custom], { status: 400, about: "PEM" });
  assert.equal(cloud.emulator.leftovers().others.length, 2);
});
