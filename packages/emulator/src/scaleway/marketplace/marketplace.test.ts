import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";
import { SENTINELS } from "../seed/sentinels.ts";

const LOCAL = "/marketplace/v2/local-images";

interface LocalImage {
  id: string;
  arch: string;
  compatible_commercial_types: string[];
}

test("an image names the types that it is made for, as many as the cloud's own", async () => {
  const { call } = aCloud();
  const namesOf = async (query: string): Promise<Record<string, number>> => {
    const images: LocalImage[] = (await call("GET", `${LOCAL}?${query}`)).json.local_images;
    const counts = images.map(async ({ id, arch }) => {
      const one: LocalImage = (await call("GET", `${LOCAL}/${id}`)).json;
      return [arch, one.compatible_commercial_types.length];
    });
    return Object.fromEntries(await Promise.all(counts));
  };
  const jammy = "image_label=ubuntu_jammy";
  assert.deepEqual(await namesOf(`${jammy}&type=instance_sbs&zone=fr-par-1`), { arm64: 26, x86_64: 104 });
  assert.deepEqual(await namesOf(`${jammy}&type=instance_sbs&zone=pl-waw-1`), { arm64: 26, x86_64: 92 });
  assert.deepEqual(await namesOf(`${jammy}&type=instance_local&zone=fr-par-1`), { x86_64: 21 });
  assert.deepEqual(await namesOf(`${jammy}&type=instance_local&zone=nl-ams-2`), { x86_64: 9 });
  assert.deepEqual(await namesOf("image_label=windows_server_2022&zone=fr-par-1"), { x86_64: 5 });
});

test("lists offer the types that only the emulator has as well", async () => {
  const { call } = aCloud();
  const query = `${LOCAL}?image_label=ubuntu_jammy&type=instance_sbs&zone=fr-par-1&arch=x86_64`;
  const [image] = (await call("GET", query)).json.local_images;
  assert.ok(image.compatible_commercial_types.includes(SENTINELS.busy));
});

test("an unknown label, and an image that is no longer offered, are not found", async () => {
  const { call } = aCloud();
  const label = await call("GET", `${LOCAL}?image_label=templeos`);
  assert.deepEqual(
    [label.status, label.json.resource, label.json.resource_id],
    [404, "MarketplaceImage", "templeos"],
  );
  assert.equal((await call("GET", `${LOCAL}/${UNKNOWN}`)).status, 404);
  assert.equal((await call("GET", `${LOCAL}/cf44b8f5-77e2-42ed-8f1e-09ed5bb028fc`)).status, 404);
  assert.equal((await call("GET", LOCAL)).status, 400);
});

test("images of a label come by their kind, of which clients that do not care say unknown_type", async () => {
  const { call } = aCloud();
  const types = async (query: string): Promise<string[]> => {
    const path = `${LOCAL}?image_label=ubuntu_jammy&zone=fr-par-1&arch=x86_64&${query}`;
    return (await call("GET", path)).json.local_images.map((image: { type: string }) => image.type);
  };
  assert.deepEqual(await types("type=unknown_type"), ["instance_local", "instance_sbs"]);
  assert.deepEqual(await types("order_by=type_desc"), ["instance_sbs", "instance_local"]);
});
