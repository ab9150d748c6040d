import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../../testing/a-cloud.ts";

const ZONE = "/instance/v2alpha1/zones/fr-par-1";
const SNAPSHOTS = `${ZONE}/snapshots`;
const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const object = { bucket: "disks", object_key: "disk.qcow2" };

test("a snapshot of a volume is the same in both APIs, and a volume begins with it", async () => {
  const { call } = aCloud();
  const volume = (await call("POST", `${ZONE}/volumes`, { name: "data", volume_type: "l_ssd", size: 10e9 }))
    .json;
  const made = await call("POST", SNAPSHOTS, { name: "copy", base_volume_id: volume.id });
  const { id } = made.json;
  assert.deepEqual(
    [made.status, made.json.status, made.json.size, made.json.base_volume_id],
    [200, "available", 10e9, volume.id],
  );
  assert.equal((await call("GET", `/instance/v1/zones/fr-par-1/snapshots/${id}`)).json.snapshot.name, "copy");
  const order = { name: "data", volume_type: "l_ssd", base_snapshot_id: id };
  assert.equal((await call("POST", `${ZONE}/volumes`, order)).json.size, 10e9);

  assert.deepEqual((await call("PATCH", `${SNAPSHOTS}/${id}`, { tags: ["a"] })).json.tags, ["a"]);
  assert.equal((await call("GET", `${SNAPSHOTS}?tags=a&base_volume_id=${volume.id}`)).json.total_count, 1);
  assert.equal((await call("DELETE", `${SNAPSHOTS}/${id}`)).status, 204);
  assert.equal((await call("GET", `${SNAPSHOTS}/${id}`)).json.resource, "instance_snapshot");
});

test("a snapshot comes from a bucket and goes into one, which takes a while", async () => {
  const cloud = aCloud();
  const made = await cloud.call("POST", `${SNAPSHOTS}/import-from-object-storage`, {
    name: "disk",
    ...object,
  });
  const path = `${SNAPSHOTS}/${made.json.id}`;
  assert.deepEqual([made.json.status, made.json.base_volume_id], ["creating", undefined]);
  assert.equal((await cloud.call("DELETE", path)).status, 412);
  cloud.pass(600);
  assert.equal((await cloud.call("GET", path)).json.status, "available");
  assert.equal(
    (await cloud.call("POST", `${path}/export-to-object-storage`, object)).json.status,
    "exporting",
  );
  assert.equal((await cloud.call("POST", `${path}/export-to-object-storage`, object)).status, 412);
});

test("a snapshot of nothing, or without a bucket, is refused", async () => {
  const { call } = aCloud();
  const argument = async (path: string, body: unknown): Promise<string> =>
    (await call("POST", `${SNAPSHOTS}${path}`, body)).json.details[0].argument_name;
  assert.equal(await argument("", {}), "name");
  assert.equal(await argument("", { name: "copy" }), "base_volume_id");
  assert.equal(await argument("/import-from-object-storage", { name: "copy" }), "bucket");
  assert.equal(
    await argument("/import-from-object-storage", { name: "copy", bucket: "disks" }),
    "object_key",
  );
  assert.equal(await argument("/import-from-object-storage", { name: "copy", ...object, size: 1 }), "size");
  const reply = await call("POST", SNAPSHOTS, { name: "copy", base_volume_id: UNKNOWN });
  assert.equal(reply.json.resource, "instance_volume");
  assert.equal((await call("GET", `${SNAPSHOTS}/mine`)).json.details[0].argument_name, "snapshot_id");
});
