import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const IMAGES = "/instance/v1/zones/fr-par-1";
const SNAPSHOTS = "/block/v1/zones/fr-par-1/snapshots";

test("a backup is an image of the server's volumes, of which only the task tells", async () => {
  const { call, aServer, pass } = aCloud();
  const data = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 20e9 } })).json;
  const server = await aServer({ volumes: { "1": { id: data.id } } });
  const reply = await call("POST", `${server.path}/action`, { action: "backup", name: "night" });
  assert.equal(reply.status, 202);
  assert.match(reply.json.task.href_result, /^\/images\//);
  const { image } = (await call("GET", `${IMAGES}${reply.json.task.href_result}`)).json;
  assert.deepEqual([image.name, image.from_server, image.state], ["night", server.id, "available"]);
  assert.deepEqual(Object.keys(image.extra_volumes), ["1"]);
  const root = (await call("GET", `${SNAPSHOTS}/${image.root_volume.id}`)).json;
  assert.deepEqual(
    [root.name, root.parent_volume.id, root.status, root.references[0].type],
    ["night_snap_0", server.volumeId, "creating", "link"],
  );
  pass(5);
  assert.equal((await call("GET", `${SNAPSHOTS}/${image.root_volume.id}`)).json.status, "in_use");
});

test("the local volumes of a running server take their time, and the server with them", async () => {
  const { call, aServer, act, pass } = aCloud();
  const query = "image_label=ubuntu_jammy&type=instance_local&zone=fr-par-1";
  const [local] = (await call("GET", `/marketplace/v2/local-images?${query}`)).json.local_images;
  const server = await aServer({ image: local.id });
  await act(server, "poweron");
  pass(20);
  const { task } = (await act(server, "backup")).json;
  const path = `${IMAGES}${task.href_result}`;
  assert.equal((await call("GET", path)).json.image.state, "creating");
  assert.deepEqual((await call("GET", server.path)).json.server.allowed_actions, []);
  assert.equal((await act(server, "backup")).status, 412);
  pass(60);
  assert.equal((await call("GET", path)).json.image.state, "available");
});

test("only volumes of the server that can be kept are backed up", async () => {
  const { call, aServer } = aCloud();
  const data = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 20e9 } })).json;
  const server = await aServer({ volumes: { "1": { id: data.id } } });
  const backup = (volumes: unknown) => call("POST", `${server.path}/action`, { action: "backup", volumes });
  const one = await backup({ [data.id]: { volume_type: "sbs_snapshot" } });
  const { image } = (await call("GET", `${IMAGES}${one.json.task.href_result}`)).json;
  assert.deepEqual(image.extra_volumes, {});
  const refused = await backup({ [UNKNOWN]: {} });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.details[0].help_message, `Volume ${UNKNOWN} is not attached to this server`);
});
