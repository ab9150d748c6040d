import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, SERVERS, VOLUMES } from "../../testing/a-cloud.ts";
import { SENTINELS } from "../seed/sentinels.ts";

const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const good = { name: "lab", commercial_type: "DEV1-S", image: "ubuntu_jammy" };

test("a create that is refused makes nothing", async () => {
  const { call, emulator } = aCloud();
  const images = (await call("GET", "/marketplace/v2/local-images?image_label=ubuntu_jammy&zone=fr-par-1"))
    .json.local_images;
  const arm = images.find((one: { arch: string }) => one.arch === "arm64").id;
  const sbs = images.find(
    (one: { arch: string; type: string }) => one.arch === "x86_64" && one.type === "instance_sbs",
  ).id;
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ commercial_type: undefined }, 400, "required"],
    [{ commercial_type: "NO-SUCH" }, 400, "commercial_type"],
    [{ image: UNKNOWN }, 404, "instance_image"],
    [{ image: arm }, 400, "architecture"],
    [{ image: sbs, volumes: { "0": { volume_type: "l_ssd", size: 10e9 } } }, 400, "volumes"],
    [{ image: undefined }, 400, "image"],
    [{ public_ips: [UNKNOWN] }, 404, "instance_ip"],
    [{ security_group: UNKNOWN }, 404, "instance_security_group"],
    [{ volumes: { "1": { id: UNKNOWN } } }, 404, "instance_volume"],
    [{ volumes: { "1": { size: 100e9, volume_type: "l_ssd" } } }, 400, "20GB"],
    [{ tags: "a" }, 400, "tags"],
  ];
  for (const [change, status, about] of refusals) {
    const reply = await call("POST", SERVERS, { ...good, ...change });
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
  assert.deepEqual(emulator.history(), []);
});

test("an image of another zone, and an unknown zone, are not found", async () => {
  const { call } = aCloud();
  const images = (await call("GET", "/marketplace/v2/local-images?image_label=ubuntu_jammy&zone=nl-ams-1"))
    .json.local_images;
  assert.equal((await call("POST", SERVERS, { ...good, image: images[1].id })).status, 404);
  assert.equal((await call("POST", SERVERS.replace("fr-par-1", "fr-par-9"), good)).status, 404);
});

test("each sentinel type fails in its own way", async () => {
  const { call, aServer, act, emulator } = aCloud();
  const create = (type: string) => call("POST", SERVERS, { ...good, commercial_type: type });

  const stock = await create(SENTINELS.outOfStock);
  assert.equal(stock.status, 412);
  assert.deepEqual(stock.json, {
    type: "out_of_stock",
    message: "resource is out of stock",
    resource: SENTINELS.outOfStock,
  });
  assert.equal((await create(SENTINELS.quota)).json.details[0].resource, "cp_servers_type_MAYFLY_QUOTA");

  for (const _ of [1, 2]) {
    const busy = await create(SENTINELS.busy);
    assert.equal(busy.status, 429);
    assert.equal(busy.text, "");
    assert.equal(busy.headers.get("Content-Type"), null);
    assert.equal(busy.headers.get("X-Envoy-Ratelimited"), "true");
  }
  assert.equal((await create(SENTINELS.busy)).status, 201);

  assert.equal((await act(await aServer({ commercial_type: SENTINELS.stockLate }), "poweron")).status, 412);
  await assert.rejects(create(SENTINELS.lostAnswer), new TypeError("fetch failed"));
  assert.equal(emulator.leftovers().machines.length, 3);
});

test("a root volume is made as the image says, further ones as asked", async () => {
  const { call, aServer } = aCloud();
  const data = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 20e9 } })).json;
  const server = await aServer({
    volumes: { "0": { size: 30e9 }, "1": { id: data.id, volume_type: "sbs_volume" } },
  });
  const root = (await call("GET", `${VOLUMES}/${server.volumeId}`)).json;
  assert.equal(root.name, "Ubuntu 22.04 Jammy Jellyfish_sbs_volume_0");
  assert.equal(root.size, 30e9);
  assert.equal(
    (await call("GET", `${VOLUMES}/${data.id}`)).json.references[0].product_resource_id,
    server.id,
  );
  const twice = await call("POST", SERVERS, { ...good, volumes: { "1": { id: data.id } } });
  assert.equal(twice.status, 412);
});

test("an address of one server is not given to another", async () => {
  const { call, aServer } = aCloud();
  const { ip } = (await call("POST", IPS, {})).json;
  await aServer({ public_ips: [ip.id] });
  assert.equal((await call("POST", SERVERS, { ...good, public_ips: [ip.id] })).status, 412);
});

test("only a strict emulator refuses unknown projects", async () => {
  const foreign = { ...good, project: UNKNOWN };
  assert.equal((await aCloud().call("POST", SERVERS, foreign)).status, 201);
  const refused = await aCloud({ strictProjects: true }).call("POST", SERVERS, foreign);
  assert.equal(refused.status, 403);
  assert.equal(refused.json.type, "permissions_denied");
});
