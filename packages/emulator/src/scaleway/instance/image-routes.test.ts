import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS, VOLUMES } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const IMAGES = "/instance/v1/zones/fr-par-1/images";
const LOCAL = "/instance/v1/zones/fr-par-1/volumes";
const LOCAL_SNAPSHOTS = "/instance/v1/zones/fr-par-1/snapshots";
const SNAPSHOTS = "/block/v1/zones/fr-par-1/snapshots";

async function aBlockSnapshot({ call, pass }: Cloud, size: number): Promise<string> {
  const volume = (await call("POST", VOLUMES, { name: "data", from_empty: { size } })).json;
  pass(5);
  const { id } = (await call("POST", SNAPSHOTS, { name: "snap", volume_id: volume.id })).json;
  pass(5);
  return id;
}

async function aLocalSnapshot({ call }: Cloud, size: number): Promise<string> {
  const { volume } = (await call("POST", LOCAL, { name: "data", size })).json;
  return (await call("POST", LOCAL_SNAPSHOTS, { name: "local", volume_id: volume.id })).json.snapshot.id;
}

test("an image holds snapshots of both kinds, and the block ones know it", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const [block, local] = [await aBlockSnapshot(cloud, 40e9), await aLocalSnapshot(cloud, 5e9)];
  const made = await call("POST", IMAGES, {
    name: "golden",
    arch: "x86_64",
    root_volume: block,
    extra_volumes: { "1": { id: local } },
  });
  assert.equal(made.status, 201);
  const { image } = made.json;
  assert.equal(made.headers.get("Location"), `https://api.scaleway.com${IMAGES}/${image.id}`);
  assert.deepEqual(image.root_volume, { volume_type: "sbs_snapshot", id: block, size: 0, name: "" });
  assert.deepEqual(image.extra_volumes, {
    "1": { volume_type: "l_ssd", id: local, size: 5e9, name: "local" },
  });
  assert.deepEqual([image.state, image.public, image.from_server], ["available", false, ""]);

  const held = (await call("GET", `${SNAPSHOTS}/${block}`)).json;
  assert.equal(held.status, "in_use");
  assert.deepEqual(
    [
      held.references[0].product_resource_type,
      held.references[0].product_resource_id,
      held.references[0].type,
    ],
    ["instance_image", image.id, "link"],
  );
  assert.equal((await call("DELETE", `${SNAPSHOTS}/${block}`)).status, 412);
  assert.equal((await call("DELETE", `${LOCAL_SNAPSHOTS}/${local}`)).status, 400);

  assert.equal((await call("DELETE", `${IMAGES}/${image.id}`)).status, 204);
  assert.deepEqual((await call("GET", `${SNAPSHOTS}/${block}`)).json.references, []);
  assert.equal((await call("DELETE", `${SNAPSHOTS}/${block}`)).status, 204);
  assert.equal((await call("DELETE", `${LOCAL_SNAPSHOTS}/${local}`)).status, 204);
});

test("a server starts from one's own image, with all its volumes", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const [root, data] = [await aBlockSnapshot(cloud, 40e9), await aBlockSnapshot(cloud, 20e9)];
  const body = { name: "golden", arch: "x86_64", root_volume: root, extra_volumes: { "1": { id: data } } };
  const { image } = (await call("POST", IMAGES, body)).json;
  const { server } = (
    await call("POST", SERVERS, { name: "lab", commercial_type: "DEV1-S", image: image.id })
  ).json;
  assert.equal(server.image.name, "golden");
  const volumes = await Promise.all(
    ["0", "1"].map(async (slot) => (await call("GET", `${VOLUMES}/${server.volumes[slot].id}`)).json),
  );
  assert.deepEqual(
    volumes.map((one) => [one.name, one.size, one.parent_snapshot_id]),
    [
      ["golden_sbs_volume_0", 40e9, root],
      ["golden_sbs_volume_1", 20e9, data],
    ],
  );
  const small = { "0": { size: 10e9, volume_type: "sbs_volume" } };
  const refused = await call("POST", SERVERS, { commercial_type: "DEV1-S", image: image.id, volumes: small });
  assert.equal(refused.json.details[0].argument_name, "size");
});

test("an image is changed in what the request names, and its snapshots with it", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const [root, extra] = [await aBlockSnapshot(cloud, 5e9), await aBlockSnapshot(cloud, 6e9)];
  const { image } = (await call("POST", IMAGES, { name: "a", arch: "x86_64", root_volume: root })).json;
  const path = `${IMAGES}/${image.id}`;
  const renamed = (await call("PATCH", path, { name: "b", tags: ["x"], arch: "arm64", public: true })).json
    .image;
  assert.deepEqual([renamed.name, renamed.tags, renamed.arch, renamed.public], ["b", ["x"], "arm64", true]);
  await call("PATCH", path, { extra_volumes: { "1": { id: extra } } });
  assert.equal((await call("GET", `${SNAPSHOTS}/${extra}`)).json.status, "in_use");
  const set = (await call("PUT", path, { ...renamed, name: "c", tags: [], extra_volumes: {} })).json.image;
  assert.deepEqual([set.name, set.tags, set.extra_volumes], ["c", [], {}]);
  assert.equal((await call("GET", `${SNAPSHOTS}/${extra}`)).json.status, "available");
});

test("public and own images are listed, and told apart", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const body = { name: "golden", arch: "arm64", root_volume: await aBlockSnapshot(cloud, 5e9), tags: ["x"] };
  await call("POST", IMAGES, body);
  const names = async (query: string): Promise<string[]> =>
    (await call("GET", `${IMAGES}?${query}`)).json.images.map((one: { name: string }) => one.name);
  assert.deepEqual(await names("public=false"), ["golden"]);
  assert.deepEqual(await names("name=gold"), ["golden"]);
  assert.deepEqual(await names("tags=x"), ["golden"]);
  assert.deepEqual(await names("arch=x86_64&public=false"), []);
  assert.ok((await names("public=true&name=Jammy")).length >= 3);
});

test("the cloud's own ids of public images are known, also of those that are no longer offered", async () => {
  const { call } = aCloud();
  const { image } = (await call("GET", `${IMAGES}/cf44b8f5-77e2-42ed-8f1e-09ed5bb028fc`)).json;
  assert.deepEqual(
    [image.name, image.public, image.root_volume.volume_type],
    ["Ubuntu 20.04 Focal Fossa", true, "l_ssd"],
  );
  const jammy = `${IMAGES}/4481c662-2357-432f-b0fd-dd6470c08c49`;
  assert.equal((await call("GET", jammy)).json.image.name, "Ubuntu 22.04 Jammy Jellyfish");
  assert.equal((await call("DELETE", jammy)).status, 403);
});

test("an image of nothing, and of what is not there, is refused", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const root = await aBlockSnapshot(cloud, 5e9);
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ root_volume: undefined }, 400, "root_volume"],
    [{ root_volume: UNKNOWN }, 404, "instance_snapshot"],
    [{ arch: undefined }, 400, "arch"],
    [{ arch: "vax" }, 400, "arch"],
    [{ extra_volumes: { "1": { id: UNKNOWN } } }, 404, "instance_snapshot"],
    [{ extra_volumes: { "1": {} } }, 400, "id"],
  ];
  for (const [change, status, about] of refusals) {
    const reply = await call("POST", IMAGES, { name: "a", arch: "x86_64", root_volume: root, ...change });
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
  assert.equal((await call("PATCH", `${IMAGES}/${UNKNOWN}`, { name: "a" })).status, 404);
  assert.equal((await call("DELETE", `${IMAGES}/${UNKNOWN}`)).json.resource, "instance_image");
  const { image } = (await call("POST", IMAGES, { name: "a", arch: "x86_64", root_volume: root })).json;
  assert.equal((await call("GET", `${IMAGES.replace("fr-par-1", "nl-ams-1")}/${image.id}`)).status, 404);
});
