import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../../testing/a-cloud.ts";

const ZONE = "/instance/v2alpha1/zones/fr-par-1";
const VOLUMES = `${ZONE}/volumes`;

interface ServerType {
  name: string;
  vcpu_count: number;
  architecture: string;
  availability: string;
  gpu_info?: { name: string };
}

const good = { name: "data", volume_type: "l_ssd", size: 10e9 };

test("a local volume is the same in both APIs", async () => {
  const { call, aServer } = aCloud();
  const { json: volume } = await call("POST", VOLUMES, good);
  const { json: grown } = await call("PATCH", `${VOLUMES}/${volume.id}`, { size: 15e9, tags: ["a"] });
  assert.deepEqual([grown.name, grown.size, grown.tags, grown.status], ["data", 15e9, ["a"], "available"]);
  const old = (await call("GET", `/instance/v1/zones/fr-par-1/volumes/${volume.id}`)).json.volume;
  assert.equal(old.size, 15e9);

  const server = await aServer();
  await call("POST", `${ZONE}/servers/${server.id}/attach-volume`, { volume_id: volume.id });
  assert.equal((await call("GET", `${VOLUMES}?tags=a`)).json.volumes[0].server_id, server.id);
  assert.equal((await call("DELETE", `${VOLUMES}/${volume.id}`)).json.precondition, "resource_still_in_use");
  await call("POST", `${ZONE}/servers/${server.id}/detach-volume`, { volume_id: volume.id });
  assert.equal((await call("DELETE", `${VOLUMES}/${volume.id}`)).status, 204);
  assert.equal((await call("GET", `${VOLUMES}/${volume.id}`)).json.resource, "instance_volume");
});

test("a volume with a wrong field is refused", async () => {
  const { call } = aCloud();
  const refusals: [Record<string, unknown>, string, string][] = [
    [{ name: "" }, "name", "required"],
    [{ volume_type: "sbs" }, "volume_type", "constraint"],
    [{ size: null }, "size", "required"],
    [{ size: 1 }, "size", "constraint"],
    [{ project_id: "mine" }, "project_id", "format"],
  ];
  for (const [change, argument, reason] of refusals) {
    const [detail] = (await call("POST", VOLUMES, { ...good, ...change })).json.details;
    assert.deepEqual([detail.argument_name, detail.reason], [argument, reason]);
  }
  const { id } = (await call("POST", VOLUMES, good)).json;
  assert.equal((await call("PATCH", `${VOLUMES}/${id}`, { size: 1e9 })).json.details[0].reason, "constraint");
  assert.equal((await call("GET", `${VOLUMES}/mine`)).json.details[0].argument_name, "volume_id");
});

test("who leaves the type of a volume open gets local storage, and lists every type", async () => {
  const { call } = aCloud();
  const open = "unknown_volume_type";
  for (const volume_type of [open, undefined])
    assert.equal((await call("POST", VOLUMES, { ...good, volume_type })).json.volume_type, "l_ssd");
  await call("POST", VOLUMES, { ...good, volume_type: "scratch" });
  assert.equal((await call("GET", `${VOLUMES}?volume_type=${open}`)).json.total_count, 3);
  assert.equal((await call("GET", `${VOLUMES}?volume_type=scratch`)).json.total_count, 1);
});

test("the types say what can be had", async () => {
  const { call } = aCloud();
  const { volume_types: kinds } = (await call("GET", `${ZONE}/volume-types`)).json;
  assert.deepEqual(
    kinds.map((kind: { name: string }) => kind.name),
    ["l_ssd", "scratch"],
  );
  const types = new Map<string, ServerType>();
  let token: string | undefined = "";
  while (token !== undefined) {
    const page: { server_types: ServerType[]; next_page_token?: string; total_count: number } = (
      await call("GET", `${ZONE}/server-types?page_size=20&page_token=${token}`)
    ).json;
    for (const type of page.server_types) types.set(type.name, type);
    token = page.next_page_token;
    if (token === undefined) assert.equal(types.size, page.total_count);
  }
  assert.deepEqual(
    [
      types.get("DEV1-S")?.vcpu_count,
      types.get("DEV1-S")?.architecture,
      types.get("BASIC2-A2C-4G")?.architecture,
    ],
    [2, "x86_64", "aarch64"],
  );
  assert.equal(types.get("MAYFLY-OUT-OF-STOCK")?.availability, "out_of_stock");
  assert.equal(types.get("L4-1-24G")?.gpu_info?.name, "L4");
});

test("a made-up page token is refused", async () => {
  const { call } = aCloud();
  const reply = await call("GET", `${ZONE}/servers?page_token=next`);
  assert.deepEqual([reply.status, reply.json.details[0].argument_name], [400, "page_token"]);
});

test("resources are counted by zone, project and organization", async () => {
  const { call, aServer } = aCloud({ strictProjects: true });
  await aServer();
  await call("POST", VOLUMES, good);
  await call("POST", "/instance/v1/zones/fr-par-1/ips", {});
  const { json: counts } = await call("GET", `${ZONE}/resource-counts`);
  assert.deepEqual(
    [counts.servers, counts.servers_by_type, counts.volumes_l_ssd_total_size, counts.unused_flexible_ips],
    [1, { "DEV1-S": 1 }, 10e9, 1],
  );
  const other = "7a892c1a-bbdc-491f-9974-4008e3708664";
  for (const owner of ["project_id", "organization_id"])
    assert.equal((await call("GET", `${ZONE}/resource-counts?${owner}=${other}`)).json.servers, 0);
});
