import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, SERVERS as V1 } from "../../../testing/a-cloud.ts";
import type { Cloud, Reply } from "../../../testing/a-cloud.ts";

const ZONE = "/instance/v2alpha1/zones/fr-par-1";
const TEMPLATES = `${ZONE}/templates`;
const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const good = { name: "web", server_type: "DEV1-S" };
const root = { volume_type: "l_ssd", name: "root", size: 20e9, image_label: "ubuntu_jammy" };

async function aTemplate({ call }: Cloud, body: Record<string, unknown> = {}): Promise<string> {
  const made = await call("POST", TEMPLATES, { ...good, volumes: [root], ...body });
  assert.equal(made.status, 200, made.text);
  return `${TEMPLATES}/${made.json.id}`;
}

test("a template lives from its create to its delete", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const template = await aTemplate(cloud, { tags: ["a"], server_tags: ["b"], volumes: null });
  const { json: made } = await call("GET", template);
  assert.deepEqual(
    [made.tags, made.server_tags, made.volumes, made.private_networks, made.filesystem_ids],
    [["a"], ["b"], [], [], []],
  );
  assert.equal("security_group_id" in made, false);

  cloud.pass(60);
  const { json: changed } = await call("PATCH", template, {
    tags: [],
    public_ip_v4_count: 2,
    update_volumes: {
      volumes: [{ volume_type: "sbs", size: 0, perf_iops: 15_000, image_label: "ubuntu_noble" }],
    },
  });
  assert.equal(changed.name, "web");
  assert.deepEqual(changed.server_tags, ["b"]);
  assert.deepEqual(changed.volumes, [
    { volume_type: "sbs", name: "", tags: [], image_label: "ubuntu_noble", perf_iops: 15_000 },
  ]);
  assert.ok(changed.updated_at > changed.created_at);

  const list = (await call("GET", `${TEMPLATES}?server_tags=b&name=web`)).json;
  assert.equal(list.total_count, 1);
  assert.equal("volumes" in list.templates[0], false);
  assert.equal((await call("GET", `${TEMPLATES}?server_tags=c`)).json.total_count, 0);
  assert.equal(cloud.emulator.leftovers().others.find(({ kind }) => kind === "template")?.name, "web");

  assert.equal((await call("DELETE", template, {})).status, 204);
  assert.equal((await call("GET", template)).json.resource, "instance_template");
});

test("a server from a template has all that the template says", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const { security_group: group } = (
    await call("POST", "/instance/v1/zones/fr-par-1/security_groups", { name: "web" })
  ).json;
  const template = await aTemplate(cloud, {
    server_tags: ["b"],
    security_group_id: group.id,
    volumes: [root, { volume_type: "sbs", name: "data", size: 30e9, perf_iops: 15_000 }],
    public_ip_v4_count: 1,
    public_ip_v6_count: 1,
  });
  const content = Buffer.from("#cloud-config").toString("base64");
  assert.equal((await call("PUT", `${template}/user-data/cloud-init`, { content })).status, 204);
  assert.equal((await call("GET", `${template}/check`)).status, 204);

  const { status, json: server } = await call("POST", `${template}/create-server`, { name: "web-1" });
  assert.equal(status, 200);
  assert.deepEqual(
    [server.name, server.server_type, server.status, server.tags, server.architecture, server.rescue_mode],
    ["web-1", "DEV1-S", "stopped", ["b"], "x86_64", false],
  );
  assert.deepEqual(
    server.volumes.map((volume: { volume_type: string }) => volume.volume_type),
    ["l_ssd", "sbs"],
  );
  const { public_network_interface: network } = server;
  assert.equal(network.security_group_id, group.id);
  assert.deepEqual(
    network.ips.map((ip: Record<string, unknown>) => [ip.dynamic, ip.status, ip.default]),
    [
      [false, "attached", true],
      [false, "attached", false],
    ],
  );
  const { json: data } = await call("GET", `/block/v1/zones/fr-par-1/volumes/${server.volumes[1].id}`);
  assert.deepEqual([data.name, data.size, data.specs.perf_iops], ["data", 30e9, 15_000]);

  const old = (await call("GET", `${V1}/${server.id}`)).json.server;
  assert.deepEqual(
    [old.state, old.image.name, old.volumes["0"].name],
    ["stopped", "Ubuntu 22.04 Jammy Jellyfish", "root"],
  );
  assert.equal((await call("GET", `${V1}/${server.id}/user_data/cloud-init`)).text, "#cloud-config");
});

test("a server from a template is in its networks, in its group and has its file systems", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const network = (await call("POST", "/vpc/v2/regions/fr-par/private-networks", { name: "lab" })).json;
  const group = (await call("POST", `${ZONE}/placement-groups`, { name: "lab" })).json;
  const template = await aTemplate(cloud, {
    server_type: "POP2-HM-8C-64G",
    volumes: [{ volume_type: "sbs", image_label: "ubuntu_noble" }],
    private_networks: [{ private_network_id: network.id }],
    placement_group_id: group.id,
    filesystem_ids: [UNKNOWN],
  });
  const { json: server } = await call("POST", `${template}/create-server`, { name: "web-1" });
  assert.equal(server.private_network_interfaces[0].private_network_id, network.id);
  assert.equal(server.placement_group_id, group.id);
  assert.deepEqual(server.filesystems, [{ id: UNKNOWN, status: "attaching" }]);
});

test("a template with a wrong field is refused", async () => {
  const cloud = aCloud();
  const refusals: [Record<string, unknown>, string, string][] = [
    [{ name: undefined }, "name", "required"],
    [{ server_type: undefined }, "server_type", "required"],
    [{ server_type: "NO-SUCH" }, "server_type", "constraint"],
    [{ project_id: "mine" }, "project_id", "format"],
    [{ security_group_id: "mine" }, "security_group_id", "format"],
    [{ filesystem_ids: ["mine"] }, "filesystem_ids", "format"],
    [{ private_networks: [{}] }, "private_network_id", "required"],
    [{ volumes: {} }, "volumes", "format"],
    [{ volumes: [{ ...root, volume_type: "unknown_volume_type" }] }, "volume_type", "required"],
    [{ volumes: [{ ...root, volume_type: "b_ssd" }] }, "volume_type", "constraint"],
    [{ volumes: [{ ...root, size: -1 }] }, "size", "constraint"],
    [{ volumes: [{ ...root, base_snapshot_id: UNKNOWN }] }, "image_label", "constraint"],
    [{ volumes: [{ ...root, perf_iops: 1 }] }, "perf_iops", "constraint"],
    [{ public_ip_v4_count: -1 }, "public_ip_v4_count", "constraint"],
    [{ tags: "a" }, "tags", "format"],
  ];
  for (const [change, argument, reason] of refusals) {
    const reply = await cloud.call("POST", TEMPLATES, { ...good, ...change });
    expectInvalid(reply, argument, reason);
  }
  assert.deepEqual(cloud.emulator.history(), []);
});

test("an unknown template is not found, and a malformed id is refused before", async () => {
  const { call } = aCloud();
  for (const [method, path] of [
    ["GET", ""],
    ["PATCH", ""],
    ["DELETE", ""],
    ["GET", "/check"],
    ["POST", "/create-server"],
    ["GET", "/user-data"],
    ["PUT", "/user-data/cloud-init"],
    ["DELETE", "/user-data/key"],
  ] as const) {
    const body = method === "GET" ? undefined : {};
    const reply = await call(method, `${TEMPLATES}/${UNKNOWN}${path}`, body);
    assert.deepEqual(
      [reply.status, reply.json.resource, reply.json.resource_id],
      [404, "instance_template", UNKNOWN],
    );
    expectInvalid(await call(method, `${TEMPLATES}/mine${path}`, body), "template_id", "format");
  }
});

test("a template that no server can be made from says so when checked, and makes nothing", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const wrongs: [Record<string, unknown>, number, string][] = [
    [{ volumes: [] }, 400, "volumes"],
    [{ volumes: [{ ...root, image_label: "no_such" }] }, 404, "instance_image"],
    [{ volumes: [{ ...root, image_label: "fedora_43" }] }, 400, "image_label"],
    [{ security_group_id: UNKNOWN }, 404, "instance_security_group"],
    [{ placement_group_id: UNKNOWN }, 404, "instance_placement_group"],
    [{ private_networks: [{ private_network_id: UNKNOWN }] }, 404, "private_network"],
    [{ filesystem_ids: [UNKNOWN] }, 400, "filesystem_ids"],
  ];
  for (const [change, status, about] of wrongs) {
    const template = await aTemplate(cloud, change);
    for (const reply of [
      await call("GET", `${template}/check`),
      await call("POST", `${template}/create-server`, { name: "web-1" }),
    ]) {
      assert.equal(reply.status, status, reply.text);
      assert.ok(reply.text.includes(about), reply.text);
    }
  }
  const template = await aTemplate(cloud, { public_ip_v4_count: 2, volumes: [{ ...root, size: 100e9 }] });
  expectInvalid(await call("POST", `${template}/create-server`, {}), "name", "required");
  expectInvalid(await call("POST", `${template}/create-server`, { name: "web-1" }), "volumes", "constraint");
  assert.deepEqual(
    emulator.history().filter(({ kind }) => kind !== "template" && kind !== "securityGroup"),
    [],
  );
});

function expectInvalid(reply: Reply, argument: string, reason: string): void {
  assert.equal(reply.status, 400, reply.text);
  const [detail] = reply.json.details;
  assert.deepEqual([detail.argument_name, detail.reason], [argument, reason], reply.text);
}
