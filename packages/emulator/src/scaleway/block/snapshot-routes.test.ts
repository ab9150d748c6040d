import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const SNAPSHOTS = "/block/v1/zones/fr-par-1/snapshots";
const empty = { name: "data", from_empty: { size: 10e9 } };

test("a snapshot is made of a volume, and a volume of a snapshot", async () => {
  const { call, pass } = aCloud();
  const volume = (await call("POST", VOLUMES, empty)).json;
  pass(5);
  const body = { name: "snap", volume_id: volume.id, tags: null, public: false };
  const { status, json: made } = await call("POST", SNAPSHOTS, body);
  assert.equal(status, 200);
  assert.deepEqual([made.status, made.references, made.class], ["creating", [], "sbs"]);
  assert.deepEqual(made.parent_volume, { id: volume.id, name: "data", type: "sbs_5k", status: "available" });
  pass(5);
  assert.equal((await call("GET", `${SNAPSHOTS}/${made.id}`)).json.status, "available");

  const copyOf = (size: unknown) =>
    call("POST", VOLUMES, { name: "copy", from_snapshot: { size, snapshot_id: made.id } });
  const same = (await copyOf(null)).json;
  assert.deepEqual([same.size, same.parent_snapshot_id], [10e9, made.id]);
  assert.equal((await copyOf(30e9)).json.size, 30e9);
  assert.equal((await copyOf(5e9)).json.details[0].argument_name, "size");

  await call("DELETE", `${VOLUMES}/${volume.id}`);
  assert.equal((await call("GET", `${SNAPSHOTS}/${made.id}`)).json.parent_volume, null);
});

test("the first snapshot of a machine's volume has to copy the public image", async () => {
  const { call, aServer, act, pass } = aCloud();
  const server = await aServer();
  await act(server, "poweron");
  pass(20);
  const snap = async () => (await call("POST", SNAPSHOTS, { name: "s", volume_id: server.volumeId })).json;
  const read = async ({ id }: { id: string }) => (await call("GET", `${SNAPSHOTS}/${id}`)).json;
  const first = await snap();
  assert.deepEqual(first.references, []);
  const [copying] = (await read(first)).references;
  assert.deepEqual([copying.product_resource_type, copying.type], ["internal", "unknown_type"]);
  pass(20);
  assert.equal((await read(first)).status, "creating");
  pass(90);
  assert.deepEqual([(await read(first)).status, (await read(first)).references], ["available", []]);
  const second = await snap();
  assert.deepEqual((await read(second)).references, []);
  pass(2);
  assert.equal((await read(second)).status, "available");
});

test("a snapshot goes to a bucket and comes from one", async () => {
  const { call, pass } = aCloud();
  const object = { bucket: "images", key: "disk.qcow2" };
  const imported = await call("POST", `${SNAPSHOTS}/import-from-object-storage`, { name: "in", ...object });
  const { id, status, parent_volume: parent, size } = imported.json;
  assert.deepEqual([status, parent, size], ["creating", null, 2 ** 30]);
  const out = `${SNAPSHOTS}/${id}/export-to-object-storage`;
  assert.equal((await call("POST", out, object)).status, 412);
  pass(200);
  assert.equal((await call("POST", out, object)).json.status, "exporting");
  assert.equal((await call("DELETE", `${SNAPSHOTS}/${id}`)).status, 412);
  pass(90);
  assert.equal((await call("GET", `${SNAPSHOTS}/${id}`)).json.status, "available");
  assert.equal((await call("DELETE", `${SNAPSHOTS}/${id}`)).status, 204);
});

test("the older API says a little less of the same", async () => {
  const { call, pass } = aCloud();
  const older = (path: string): string => path.replace("/v1/", "/v1alpha1/");
  const volume = (await call("POST", older(VOLUMES), empty)).json;
  assert.equal("kms_key_id" in volume, false);
  assert.equal((await call("GET", `${VOLUMES}/${volume.id}`)).json.kms_key_id, null);
  pass(5);
  const snapshot = (await call("POST", older(SNAPSHOTS), { name: "s", volume_id: volume.id })).json;
  assert.equal("public" in snapshot, false);
  assert.equal((await call("GET", `${SNAPSHOTS}/${snapshot.id}`)).json.public, false);
  const types = (await call("GET", older("/block/v1/zones/fr-par-1/volume-types"))).json.volume_types;
  assert.deepEqual(
    types.map((one: { type: string }) => one.type),
    ["sbs_5k", "sbs_15k"],
  );
});

test("a snapshot of what is not there is refused, and so is looking into somebody else's", async () => {
  const { call } = aCloud();
  const missing = await call("POST", SNAPSHOTS, { name: "s", volume_id: UNKNOWN });
  assert.deepEqual([missing.status, missing.json.resource], [404, "volume"]);
  assert.equal((await call("POST", SNAPSHOTS, { name: "s" })).json.details[0].argument_name, "volume_id");
  assert.equal((await call("POST", `${SNAPSHOTS}/import-from-object-storage`, { name: "s" })).status, 400);
  const gone = await call("DELETE", `${SNAPSHOTS}/${UNKNOWN}`);
  assert.deepEqual([gone.status, gone.json.resource], [404, "snapshot"]);
  const theirs = await call("GET", `${SNAPSHOTS}/c75ef419-9a29-4fda-bd73-5de42af425b0`);
  assert.equal(theirs.status, 403);
  assert.deepEqual(theirs.json.details, [{ action: "read", resource: "snapshot" }]);
});
