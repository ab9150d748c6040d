import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const LOCAL = "/instance/v1/zones/fr-par-1/volumes";
const SNAPSHOTS = "/instance/v1/zones/fr-par-1/snapshots";

test("a local volume begins with a snapshot or with another volume", async () => {
  const { call } = aCloud();
  const { volume } = (await call("POST", LOCAL, { name: "data", size: 5e9 })).json;
  const { snapshot } = (await call("POST", SNAPSHOTS, { volume_id: volume.id })).json;
  const copy = (await call("POST", LOCAL, { name: "copy", base_snapshot: snapshot.id })).json.volume;
  assert.deepEqual([copy.size, copy.volume_type, copy.state], [5e9, "l_ssd", "available"]);
  assert.equal((await call("POST", LOCAL, { name: "copy", base_volume: volume.id })).json.volume.size, 5e9);
});

test("a volume that nobody uses grows", async () => {
  const { call } = aCloud();
  const path = `${LOCAL}/${(await call("POST", LOCAL, { name: "data", size: 5e9 })).json.volume.id}`;
  assert.equal((await call("PATCH", path, { size: 6e9 })).json.volume.size, 6e9);
  assert.equal((await call("PUT", path, { name: "more", size: 7e9 })).json.volume.name, "more");
  assert.equal((await call("PATCH", path, { size: 5e9 })).json.details[0].argument_name, "size");
});

test("a volume of nothing, of too little, or of what is not there, is refused", async () => {
  const { call, aServer } = aCloud();
  const { volume } = (await call("POST", LOCAL, { name: "data", size: 5e9 })).json;
  const { snapshot } = (await call("POST", SNAPSHOTS, { volume_id: volume.id })).json;
  const refusals: [Record<string, unknown>, number, string][] = [
    [{}, 400, "size"],
    [{ size: 1 }, 400, "size"],
    [{ size: 5e9, volume_type: "b_ssd" }, 400, "volume_type"],
    [{ base_snapshot: UNKNOWN }, 404, "instance_snapshot"],
    [{ base_volume: UNKNOWN }, 404, "instance_volume"],
    [{ base_snapshot: snapshot.id, size: 4e9 }, 400, "size"],
    [{ base_snapshot: snapshot.id, volume_type: "scratch" }, 400, "volume_type"],
  ];
  for (const [body, status, about] of refusals) {
    const reply = await call("POST", LOCAL, { name: "no", ...body });
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
  await aServer({ volumes: { "1": { id: volume.id } } });
  assert.equal((await call("PATCH", `${LOCAL}/${volume.id}`, { size: 6e9 })).status, 412);
  assert.equal((await call("DELETE", `${LOCAL}/${volume.id}`)).status, 400);
});

test("the local volumes of a server that is terminated are on their way out", async () => {
  const { call, aServer, act, pass } = aCloud();
  const { volume } = (await call("POST", LOCAL, { name: "data", size: 5e9 })).json;
  const server = await aServer({ volumes: { "1": { id: volume.id } } });
  await act(server, "poweron");
  pass(20);
  await act(server, "terminate");
  const { server: doomed } = (await call("GET", server.path)).json;
  assert.deepEqual([doomed.volumes["1"].state, doomed.allowed_actions], ["deleting", []]);
  pass(20);
  assert.equal((await call("GET", `${LOCAL}/${volume.id}`)).status, 404);
});
