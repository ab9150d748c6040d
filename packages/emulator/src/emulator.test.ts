import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, SERVERS, VOLUMES } from "./testing/a-cloud.ts";

test("a server lives from create to gone with nothing but fetch", async () => {
  const { call, pass, emulator } = aCloud();
  const images = await call(
    "GET",
    "/marketplace/v2/local-images?image_label=ubuntu_jammy&type=instance_sbs&zone=fr-par-1&order_by=type_asc",
  );
  const image = images.json.local_images.find((one: { arch: string }) => one.arch === "x86_64").id;

  const created = await call("POST", SERVERS, {
    name: "lab",
    commercial_type: "DEV1-S",
    image,
    tags: ["a", "b"],
    dynamic_ip_required: true,
  });
  assert.equal(created.status, 201);
  const { server } = created.json;
  assert.equal(created.headers.get("Location"), `https://api.scaleway.com${SERVERS}/${server.id}`);
  assert.equal(server.state, "stopped");
  assert.deepEqual(server.allowed_actions, ["poweron", "backup"]);
  assert.equal(server.organization, server.project);
  const volumeId = server.volumes["0"].id;
  assert.deepEqual(server.volumes["0"], {
    boot: false,
    volume_type: "sbs_volume",
    id: volumeId,
    state: "available",
    zone: "fr-par-1",
  });

  const path = `${SERVERS}/${server.id}`;
  assert.equal((await call("PATCH", `${path}/user_data/cloud-init`, "#cloud-config\n")).status, 204);
  assert.equal((await call("GET", `${path}/user_data/cloud-init`)).text, "#cloud-config\n");
  assert.deepEqual((await call("GET", `${path}/user_data`)).json, { user_data: ["cloud-init"] });

  const task = await call("POST", `${path}/action`, { action: "poweron" });
  assert.equal(task.status, 202);
  assert.equal(task.json.task.description, "fake task");
  assert.equal((await call("GET", path)).json.server.state, "starting");
  pass(16);
  const running = (await call("GET", path)).json.server;
  assert.equal(running.state, "running");
  assert.equal(running.public_ip.dynamic, true);
  assert.ok(running.location);

  assert.equal((await call("POST", `${path}/action`, { action: "terminate" })).status, 202);
  assert.equal((await call("GET", path)).json.server.state_detail, "terminating");
  while ((await call("GET", path)).status === 200) pass(1);
  assert.deepEqual((await call("GET", path)).json, {
    type: "not_found",
    message: "resource is not found",
    resource: "instance_server",
    resource_id: server.id,
  });

  const detaching = (await call("GET", `${VOLUMES}/${volumeId}`)).json;
  assert.equal(detaching.status, "in_use");
  assert.equal(detaching.references[0].status, "detaching");
  assert.equal((await call("DELETE", `${VOLUMES}/${volumeId}`)).status, 412);
  pass(10);
  assert.equal((await call("GET", `${VOLUMES}/${volumeId}`)).json.status, "available");
  assert.equal((await call("DELETE", `${VOLUMES}/${volumeId}`)).status, 204);
  assert.equal((await call("GET", `${VOLUMES}/${volumeId}`)).json.resource, "volume");

  assert.deepEqual(emulator.leftovers(), {
    machines: [],
    volumes: [],
    addresses: [],
    privateNics: [],
    others: [],
  });
  const ever = emulator.history();
  assert.deepEqual(
    ever.map((one) => one.kind),
    ["machine", "volume"],
  );
  assert.ok(ever.every((one) => one.deletedAt));
});

test("a routed address survives its server, a dynamic one does not", async () => {
  const { call, aServer, act, pass, emulator } = aCloud();
  const ip = (await call("POST", IPS, { type: "routed_ipv6" })).json.ip;
  assert.match(ip.prefix, /^2001:bc8:.*::\/64$/);
  assert.equal(ip.address, null);
  assert.equal(ip.ipam_id, ip.id);
  const server = await aServer({ public_ips: [ip.id], dynamic_ip_required: true });
  await act(server, "poweron");
  pass(16);
  const { public_ips: shown } = (await call("GET", server.path)).json.server;
  assert.deepEqual(
    shown.map((one: { family: string }) => one.family),
    ["inet", "inet6"],
  );
  assert.ok(shown[1].address.startsWith(ip.prefix.replace("::/64", ":dc00:")));
  await act(server, "terminate");
  pass(20);
  assert.equal((await call("GET", `${IPS}/${ip.id}`)).json.ip.state, "detached");
  assert.deepEqual(
    emulator.leftovers().addresses.map((one) => one.id),
    [ip.id],
  );
});

test("local volumes die with terminate and survive delete", async () => {
  const local = { image: "ubuntu_jammy", volumes: { "0": { volume_type: "l_ssd", size: 10e9 } } };
  const { call, aServer, act, pass } = aCloud();
  const images = await call(
    "GET",
    "/marketplace/v2/local-images?image_label=ubuntu_jammy&type=instance_local&zone=fr-par-1",
  );
  const image = images.json.local_images[0].id;
  const volumePath = (id: string): string => `/instance/v1/zones/fr-par-1/volumes/${id}`;

  const kept = await aServer({ ...local, image });
  assert.equal((await call("DELETE", kept.path)).status, 204);
  assert.equal((await call("GET", volumePath(kept.volumeId))).json.volume.server, null);

  const lost = await aServer({ ...local, image });
  await act(lost, "poweron");
  pass(16);
  await act(lost, "terminate");
  pass(16);
  assert.equal((await call("GET", volumePath(lost.volumeId))).json.resource, "instance_volume");
});

test("timeScale shortens state changes and leaves the clock true", async () => {
  const { call, aServer, act, pass, stateOf } = aCloud({ timeScale: 1000 });
  const server = await aServer();
  await act(server, "poweron");
  pass(0.016);
  assert.equal(await stateOf(server), "running");
  assert.equal((await call("GET", SERVERS)).headers.get("Date"), "Sat, 21 Nov 2026 00:00:00 GMT");
});

test("the same seed gives the same ids", async () => {
  const [one, two] = [await aCloud().aServer(), await aCloud().aServer()];
  assert.deepEqual(one, two);
});

test("reset leaves an empty cloud", async () => {
  const { call, aServer, emulator } = aCloud();
  const server = await aServer();
  emulator.reset();
  assert.equal((await call("GET", server.path)).status, 404);
  assert.equal(emulator.calls().total, 1);
  assert.deepEqual(emulator.history(), []);
});
