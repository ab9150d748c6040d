import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

test("a volume grows in a while", async () => {
  const { call, pass } = aCloud();
  const path = `${VOLUMES}/${(await call("POST", VOLUMES, { name: "data", from_empty: { size: 20e9 } })).json.id}`;
  pass(5);
  const asked = (await call("PATCH", path, { size: 30e9, perf_iops: 15_000 })).json;
  assert.deepEqual([asked.status, asked.size, asked.type], ["updating", 20e9, "sbs_5k"]);
  pass(5);
  const grown = (await call("GET", path)).json;
  assert.deepEqual([grown.status, grown.size, grown.type], ["available", 30e9, "sbs_15k"]);
});

test("a change of a volume that is being attached waits until it is", async () => {
  const { call, aServer } = aCloud();
  const { volumeId } = await aServer();
  const path = `${VOLUMES}/${volumeId}`;
  assert.equal((await call("GET", path)).json.references[0].status, "attaching");
  assert.equal((await call("PATCH", path, { perf_iops: 5000 })).json.references[0].status, "attached");
});

test("volumes are found by id, kind and who has them", async () => {
  const { call, aServer } = aCloud();
  const { id, volumeId } = await aServer();
  const fast = { name: "fast", perf_iops: 15_000, from_empty: { size: 5e9 } };
  const data = (await call("POST", VOLUMES, fast)).json;
  const ids = async (query: string): Promise<string[]> =>
    (await call("GET", `${VOLUMES}?${query}`)).json.volumes.map((one: { id: string }) => one.id);
  assert.deepEqual(await ids(`volume_ids=${data.id}`), [data.id]);
  assert.deepEqual(await ids("volume_type=sbs_15k"), [data.id]);
  assert.deepEqual(await ids(`product_resource_id=${id}`), [volumeId]);
});

test("a volume that a server has is not deleted, and a wrong one is not made", async () => {
  const { call, aServer } = aCloud();
  const { volumeId } = await aServer();
  const used = await call("DELETE", `${VOLUMES}/${volumeId}`);
  assert.deepEqual([used.status, used.json.precondition], [412, "resource_still_in_use"]);
  const refusals: [Record<string, unknown>, number, string][] = [
    [{}, 400, "from_empty"],
    [{ from_empty: { size: 1 } }, 400, "size"],
    [{ from_empty: { size: 10e9 }, perf_iops: 7 }, 400, "perf_iops"],
    [{ from_snapshot: { snapshot_id: UNKNOWN } }, 404, "snapshot"],
  ];
  for (const [body, status, about] of refusals) {
    const reply = await call("POST", VOLUMES, { name: "no", ...body });
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
  const shrunk = await call("PATCH", `${VOLUMES}/${volumeId}`, { size: 5e9 });
  assert.equal(shrunk.json.details[0].argument_name, "size");
  assert.equal((await call("GET", `${VOLUMES}/${UNKNOWN}`)).json.resource, "volume");
  assert.equal((await call("GET", `${VOLUMES.replace("fr-par-1", "nl-ams-1")}/${volumeId}`)).status, 404);
});
