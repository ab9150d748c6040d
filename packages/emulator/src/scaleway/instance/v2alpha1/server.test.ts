import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, VOLUMES } from "../../../testing/a-cloud.ts";
import type { Cloud } from "../../../testing/a-cloud.ts";

const SERVERS = "/instance/v2alpha1/zones/fr-par-1/servers";
const UNKNOWN = "7a892c1a-bbdc-491f-9974-4008e3708664";
const root = {
  volume_type: "sbs",
  new_volume: { name: "root", image_label: "ubuntu_jammy", perf_iops: 15_000 },
};
const good = { name: "lab", server_type: "DEV1-S", volumes: [root] };

async function made({ call }: Cloud, body: Record<string, unknown> = {}) {
  const reply = await call("POST", SERVERS, { ...good, ...body });
  assert.equal(reply.status, 200, reply.text);
  return { ...reply.json, path: `${SERVERS}/${reply.json.id}` };
}

test("a server is made with new and old volumes and addresses", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const data = (await call("POST", VOLUMES, { name: "data", from_empty: { size: 20e9 } })).json;
  const { ip } = (await call("POST", "/instance/v1/zones/fr-par-1/ips", {})).json;
  const server = await made(cloud, {
    tags: ["a"],
    volumes: [root, { volume_type: "sbs", volume_id: data.id }],
    public_network_interface: {
      ips: [{ ipam_ip_id: ip.id }, { new_ip: { type: "zonal_ipv6", tags: ["v6"] } }],
    },
  });
  assert.equal(server.volumes[1].id, data.id);
  assert.equal(server.public_network_interface.ips[0].id, ip.id);
  assert.equal((await call("GET", `${VOLUMES}/${server.volumes[0].id}`)).json.specs.perf_iops, 15_000);
  const old = (await call("GET", server.path.replace("v2alpha1", "v1"))).json.server;
  assert.deepEqual(
    old.public_ips.map((one: { family: string }) => one.family),
    ["inet", "inet6"],
  );
  const { json: list } = await call(
    "GET",
    `${SERVERS}?tags=a&server_type=DEV1-S&mac_addresses=${old.mac_address}`,
  );
  assert.deepEqual([list.total_count, list.servers[0].id], [1, server.id]);
  assert.deepEqual(["volumes" in list.servers[0], "zone" in list.servers[0]], [false, false]);
  assert.equal((await call("GET", `${SERVERS}?security_group_ids=${UNKNOWN}`)).json.total_count, 0);
});

test("a size and a speed of 0 are as good as none", async () => {
  const cloud = aCloud();
  const open = { ...root.new_volume, size: 0, perf_iops: 0 };
  const server = await made(cloud, { volumes: [{ ...root, new_volume: open }] });
  const { json: volume } = await cloud.call("GET", `${VOLUMES}/${server.volumes[0].id}`);
  assert.deepEqual([volume.size, volume.specs.perf_iops], [10e9, 5000]);
});

test("a server says for whose key its RDP password is", async () => {
  const cloud = aCloud();
  const server = await made(cloud, { windows_rdp_ssh_key_id: UNKNOWN });
  assert.equal(server.windows_rdp_password.rdp_ssh_key_id, UNKNOWN);
  const { json: without } = await cloud.call("PATCH", server.path, { windows_rdp_ssh_key_id: "" });
  assert.equal("windows_rdp_password" in without, false);
});

test("the states have names of their own", async () => {
  const cloud = aCloud();
  const { path } = await made(cloud);
  const statuses: string[] = [];
  const act = async (action: string): Promise<void> => {
    const reply = await cloud.call("POST", `${path}/${action}`, {});
    assert.equal(reply.status, 200, reply.text);
    cloud.pass(300);
    const after = await cloud.call("GET", path);
    statuses.push(reply.json.status, after.status === 200 ? after.json.status : "gone");
  };
  for (const action of ["start", "reboot", "pause", "start", "stop", "start", "stop-and-delete"])
    await act(action);
  assert.equal(
    statuses.join(" "),
    "starting started rebooting started pausing paused starting started stopping stopped starting started stopping gone",
  );
});

test("a server is changed as asked, and nothing else of it", async () => {
  const cloud = aCloud();
  const server = await made(cloud, { tags: ["a"] });
  const change = {
    name: "lab-2",
    rescue_mode: true,
    boot_volume_id: server.volumes[0].id,
    server_type: "DEV1-M",
  };
  const { json: changed } = await cloud.call("PATCH", server.path, change);
  assert.deepEqual(
    [changed.name, changed.rescue_mode, changed.boot_volume_id, changed.server_type, changed.tags],
    ["lab-2", true, server.volumes[0].id, "DEV1-M", ["a"]],
  );
  assert.equal((await cloud.call("PATCH", server.path, { rescue_mode: false })).json.rescue_mode, false);
});

test("a server takes along what the caller says, but no block volume", async () => {
  const cloud = aCloud();
  const { call, emulator } = cloud;
  const local = { volume_type: "l_ssd", new_volume: { image_label: "ubuntu_jammy" } };
  const ips = [{ new_ip: { type: "zonal_ipv4" } }, { new_ip: { type: "zonal_ipv4" } }];
  const first = await made(cloud, { volumes: [local], public_network_interface: { ips } });
  const kept = first.public_network_interface.ips[1].id;
  const gone = first.public_network_interface.ips[0].id;
  // The Python SDK writes it so.
  await call("DELETE", `${first.path}?delete_all_volumes=True&delete_ip_ids=${gone}`);
  assert.deepEqual(
    emulator.leftovers().addresses.map(({ id }) => id),
    [kept],
  );
  assert.deepEqual(emulator.leftovers().volumes, []);

  const second = await made(cloud, { public_network_interface: { ips } });
  await call("POST", `${second.path}/start`);
  cloud.pass(60);
  await call("POST", `${second.path}/stop-and-delete`, { delete_all_ips: true, delete_all_volumes: true });
  cloud.pass(60);
  assert.equal(emulator.leftovers().addresses.length, 1);
  assert.equal(emulator.leftovers().volumes.length, 1);
});

test("what a server's state forbids is refused", async () => {
  const cloud = aCloud();
  const { call } = cloud;
  const { path } = await made(cloud);
  for (const action of ["stop", "pause", "reboot", "stop-and-delete"])
    assert.equal((await call("POST", `${path}/${action}`)).status, 412);
  await call("POST", `${path}/start`);
  cloud.pass(60);
  const twice = await call("POST", `${path}/start`);
  assert.deepEqual([twice.status, twice.json.message], [412, "server should be stopped"]);
  assert.equal((await call("DELETE", path)).json.precondition, "resource_still_in_use");
  assert.equal((await call("PATCH", path, { server_type: "DEV1-M" })).status, 412);
  await call("PATCH", path, { protected: true });
  assert.equal((await call("POST", `${path}/stop-and-delete`)).json.precondition, "protected_resource");
});

test("a create that is refused makes nothing", async () => {
  const cloud = aCloud();
  const image = "ubuntu_jammy";
  const refusals: [Record<string, unknown>, number, string][] = [
    [{ name: undefined }, 400, "name"],
    [{ server_type: undefined }, 400, "server_type"],
    [{ server_type: "NO-SUCH" }, 400, "server_type"],
    [{ project_id: "mine" }, 400, "project_id"],
    [{ volumes: [] }, 400, "volumes"],
    [{ volumes: [{ volume_type: "sbs" }] }, 400, "volume_id"],
    [{ volumes: [{ new_volume: { image_label: image } }] }, 400, "volume_type"],
    [{ volumes: [{ volume_type: "scratch", new_volume: { image_label: image } }] }, 400, "scratch"],
    [{ volumes: [{ volume_type: "sbs", volume_id: UNKNOWN }] }, 404, "instance_volume"],
    [{ public_network_interface: { security_group_id: UNKNOWN } }, 404, "instance_security_group"],
    [{ public_network_interface: { ips: [{ ipam_ip_id: UNKNOWN }] } }, 404, "instance_ip"],
    [{ public_network_interface: { ips: [{ new_ip: {} }] } }, 400, "type"],
    [{ public_network_interface: { ips: [{}] } }, 400, "ipam_ip_id"],
  ];
  for (const [change, status, about] of refusals) {
    const reply = await cloud.call("POST", SERVERS, { ...good, ...change });
    assert.equal(reply.status, status, reply.text);
    assert.ok(reply.text.includes(about), reply.text);
  }
  assert.deepEqual(cloud.emulator.leftovers().others, []);
  assert.deepEqual(cloud.emulator.history(), []);
});

test("an unknown server is not found, and a malformed id is refused before", async () => {
  const { call } = aCloud();
  const paths = [
    ["GET", ""],
    ["PATCH", ""],
    ["DELETE", ""],
    ["POST", "/start"],
    ["POST", "/attach-volume"],
  ] as const;
  for (const [method, path] of paths) {
    const body = method === "GET" ? undefined : {};
    const unknown = await call(method, `${SERVERS}/${UNKNOWN}${path}`, body);
    assert.deepEqual([unknown.status, unknown.json.resource], [404, "instance_server"]);
    const malformed = await call(method, `${SERVERS}/mine${path}`, body);
    assert.deepEqual(malformed.json.details[0].argument_name, "server_id");
  }
});
