import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "../../testing/a-cloud.ts";
import type { Cloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const SNAPSHOTS = "/instance/v1/zones/fr-par-1/snapshots";
const LOCAL = "/instance/v1/zones/fr-par-1/volumes";

async function aLocalServer(cloud: Cloud): Promise<{ path: string; volumeId: string }> {
  return cloud.aServer({
    volumes: { "0": { size: 20e9, volume_type: "l_ssd" } },
    image: await localImage(cloud),
  });
}

async function localImage({ call }: Cloud): Promise<string> {
  const query = "image_label=ubuntu_jammy&type=instance_local&zone=fr-par-1";
  return (await call("GET", `/marketplace/v2/local-images?${query}`)).json.local_images[0].id;
}

test("a running server's local volume is saved while the server waits", async () => {
  const cloud = aCloud();
  const { call, act, pass } = cloud;
  const server = await aLocalServer(cloud);
  await act(server, "poweron");
  pass(20);

  const { status, headers, json } = await call("POST", SNAPSHOTS, {
    name: "snap",
    volume_id: server.volumeId,
  });
  assert.equal(status, 201);
  assert.equal(headers.get("Location"), null);
  assert.equal(json.task.href_result, `snapshots/${json.snapshot.id}`);
  assert.equal(json.snapshot.state, "snapshotting");
  const busy = (await call("GET", server.path)).json.server;
  assert.deepEqual([busy.volumes["0"].state, busy.allowed_actions], ["snapshotting", []]);
  assert.equal((await act(server, "poweroff")).status, 412);

  pass(60);
  const { snapshot } = (await call("GET", `${SNAPSHOTS}/${json.snapshot.id}`)).json;
  assert.deepEqual(
    [snapshot.state, snapshot.size, snapshot.base_volume.id, snapshot.volume_type],
    ["available", 20e9, server.volumeId, "l_ssd"],
  );
  assert.equal((await call("GET", server.path)).json.server.volumes["0"].state, "available");
});

test("a volume that nobody writes to is saved at once", async () => {
  const cloud = aCloud();
  const { volumeId } = await aLocalServer(cloud);
  const reply = await cloud.call("POST", SNAPSHOTS, { volume_id: volumeId });
  assert.equal(reply.json.snapshot.state, "available");
});

test("snapshots are listed by volume, name and tag, the newest first", async () => {
  const { call } = aCloud();
  const volume = (await call("POST", LOCAL, { name: "data", size: 5e9 })).json.volume;
  for (const name of ["old", "new"])
    await call("POST", SNAPSHOTS, { name, volume_id: volume.id, tags: [name] });
  const names = async (query: string): Promise<string[]> =>
    (await call("GET", `${SNAPSHOTS}?${query}`)).json.snapshots.map((one: { name: string }) => one.name);
  assert.deepEqual(await names(`base_volume_id=${volume.id}`), ["new", "old"]);
  assert.deepEqual(await names("name=ol"), ["old"]);
  assert.deepEqual(await names("tags=new"), ["new"]);
  assert.deepEqual(await names(`base_volume_id=${UNKNOWN}`), []);
});

test("a snapshot comes from a bucket and goes into one", async () => {
  const { call, pass } = aCloud();
  const object = { bucket: "images", key: "disk.qcow2" };
  const { snapshot } = (await call("POST", SNAPSHOTS, { name: "import", ...object })).json;
  assert.deepEqual([snapshot.state, snapshot.base_volume, snapshot.size], ["importing", null, 2 ** 30]);
  const path = `${SNAPSHOTS}/${snapshot.id}`;
  assert.equal((await call("POST", `${path}/export`, object)).status, 412);
  pass(10);
  const started = await call("POST", `${path}/export`, object);
  assert.equal(started.status, 202);
  assert.equal(started.json.task.href_result, "https://s3.fr-par.scw.cloud/images/disk.qcow2");
  assert.equal((await call("GET", path)).json.snapshot.state, "exporting");
  pass(60);
  assert.equal((await call("GET", path)).json.snapshot.state, "available");
});

test("a snapshot is renamed, set and deleted", async () => {
  const { call } = aCloud();
  const { volume } = (await call("POST", LOCAL, { name: "data", size: 5e9 })).json;
  const { snapshot } = (await call("POST", SNAPSHOTS, { name: "a", volume_id: volume.id, tags: ["x"] })).json;
  const path = `${SNAPSHOTS}/${snapshot.id}`;
  assert.deepEqual((await call("PATCH", path, { name: "b" })).json.snapshot.tags, ["x"]);
  assert.deepEqual((await call("PUT", path, { ...snapshot, name: "c", tags: [] })).json.snapshot.tags, []);
  assert.equal((await call("DELETE", path)).status, 204);
  const gone = await call("GET", path);
  assert.deepEqual([gone.status, gone.json.resource], [404, "instance_snapshot"]);
});

test("what cannot be saved is refused", async () => {
  const { call } = aCloud();
  const block = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 5e9 } })).json;
  const scratch = (await call("POST", LOCAL, { name: "s", size: 5e9, volume_type: "scratch" })).json.volume;
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ volume_id: UNKNOWN }, 404, "instance_volume"],
    [{ volume_id: block.id }, 404, "instance_volume"],
    [{ volume_id: scratch.id }, 400, "scratch"],
    [{}, 400, "volume_id"],
    [{ bucket: "images" }, 400, "key"],
    [{ bucket: "images", key: "disk", size: 1000 }, 400, "512"],
  ];
  for (const [body, status, about] of refusals) {
    const reply = await call("POST", SNAPSHOTS, { name: "snap", ...body });
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
});

test("a snapshot is found in its zone, and a block snapshot's id is unknown here", async () => {
  const { call, pass } = aCloud();
  const { volume } = (await call("POST", LOCAL, { name: "data", size: 5e9 })).json;
  const { snapshot } = (await call("POST", SNAPSHOTS, { volume_id: volume.id })).json;
  const elsewhere = SNAPSHOTS.replace("fr-par-1", "nl-ams-1");
  assert.equal((await call("GET", `${elsewhere}/${snapshot.id}`)).status, 404);
  const block = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 5e9 } })).json;
  pass(5);
  const theirs = (
    await call("POST", VOLUMES.replace("volumes", "snapshots"), { name: "s", volume_id: block.id })
  ).json;
  assert.equal((await call("GET", `${SNAPSHOTS}/${theirs.id}`)).json.resource, "instance_snapshot");
});
