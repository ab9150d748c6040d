import assert from "node:assert/strict";
import { test } from "node:test";
import { SENTINELS } from "@mayfly/emulator";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import type { EmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { aScalewayProject } from "../../testing/scaleway-project.ts";

/** What a provider does for its users, one sentence each; the suites beside this one go into each of them. */

const ZONE = "fr-par-1";
const BY = { owner: "own-1" };
const NETWORK = { name: "lab", zone: ZONE, subnet: "10.0.1.0/24" };
const FIREWALL = { name: "web", zone: ZONE };
const VOLUME = { name: "data", zone: ZONE, sizeGb: 20 };
const MINUTE = 60_000;

test("a network that is missing is made, with its range", async () => {
  const { networks } = aScalewayProject();
  const made = await networks.ensure(NETWORK, BY);
  assert.deepEqual([made.name, made.place, made.subnets[0]], ["lab", "fr-par", "10.0.1.0/24"]);
});

test("a network that is there is found, and not made again", async () => {
  const { networks } = aScalewayProject();
  const { id } = await networks.ensure(NETWORK, BY);
  assert.equal((await networks.ensure(NETWORK, BY)).id, id);
  assert.deepEqual(
    (await networks.list(ZONE)).map((each) => each.id),
    [id],
  );
});

test("a network that nobody made is found by no name", async () => {
  const { networks } = aScalewayProject();
  await networks.ensure({ ...NETWORK, name: "lab-2" }, BY);
  assert.equal(await networks.find("lab", ZONE), undefined);
});

test("a network is deleted, and a machine that is in it is taken out first", async () => {
  const { networks, emulator, create, passing } = aScalewayProject();
  const { id } = await networks.ensure(NETWORK, BY);
  const { nics } = await create("one", { shared: { network: id } });
  assert.equal(nics.length, 1);
  await passing(networks.delete(id, ZONE));
  assert.equal(await networks.find("lab", ZONE), undefined);
  assert.deepEqual(emulator.leftovers().privateNics, []);
});

test("a firewall that is missing is made, and lets SSH in and nothing else", async () => {
  const { firewalls, call } = aScalewayProject();
  const { id, rules } = await firewalls.ensure(FIREWALL, BY);
  assert.deepEqual(
    rules.map(({ direction, action, protocol, ports }) => [direction, action, protocol, ports]),
    [
      ["inbound", "accept", "tcp", [22, 22]],
      ["inbound", "accept", "tcp", [22, 22]],
    ],
  );
  const { security_group: group } = await call<{ security_group: Record<string, unknown> }>(
    "GET",
    `/instance/v1/zones/${ZONE}/security_groups/${id}`,
  );
  assert.deepEqual(
    [group.stateful, group.inbound_default_policy, group.outbound_default_policy],
    [true, "drop", "accept"],
  );
});

test("a firewall that is there is found, and not made again", async () => {
  const { firewalls } = aScalewayProject();
  const made = await firewalls.ensure(FIREWALL, BY);
  assert.deepEqual(await firewalls.ensure(FIREWALL, BY), made);
  assert.equal((await firewalls.list(ZONE)).filter(({ name }) => name === "web").length, 1);
});

test("a firewall is deleted, and not while a machine is behind it", async () => {
  const { firewalls, create, end, passing } = aScalewayProject();
  const { id } = await firewalls.ensure(FIREWALL, BY);
  const footprint = await create("one", { shared: { firewall: id } });
  await assert.rejects(
    passing(firewalls.delete(id, ZONE)),
    expectProviderError("conflict", /still behind it: one/),
  );
  await end(footprint);
  await passing(firewalls.delete(id, ZONE));
  assert.equal(await firewalls.find("web", ZONE), undefined);
});

test("a server is found by its name, and by no part of it", async () => {
  const { servers, create } = aScalewayProject();
  const { machine } = await create("lab-1");
  assert.equal((await servers.find("lab-1", ZONE))?.id, machine);
  assert.equal(await servers.find("lab", ZONE), undefined);
});

test("all servers of the project are listed", async () => {
  const { servers, create } = aScalewayProject();
  const [one, two] = [await create("one"), await create("two")];
  assert.deepEqual(
    (await servers.list(ZONE)).map(({ id }) => id),
    [one.machine, two.machine],
  );
});

test("a server is made of a type, an image and user data, and boots with them", async () => {
  const { servers, create, call, passing } = aScalewayProject();
  const { machine } = await create("one", { spec: { userData: "#cloud-config\n" } });
  await passing(servers.waitFor(machine!, ZONE, { state: "running", timeoutMs: MINUTE }));
  const path = `/instance/v1/zones/${ZONE}/servers/${machine}`;
  const { server } = await call<{ server: Record<string, unknown> }>("GET", path);
  assert.deepEqual([server.commercial_type, server.boot_type, server.state], ["DEV1-S", "local", "running"]);
  const { user_data: keys } = await call<{ user_data: string[] }>("GET", `${path}/user_data`);
  assert.ok(keys.includes("cloud-init"));
});

test("a server is made with a card in its network", async () => {
  const { networks, servers, create } = aScalewayProject();
  const { id } = await networks.ensure(NETWORK, BY);
  const { nics } = await create("one", { shared: { network: id } });
  assert.deepEqual((await servers.find("one", ZONE))?.nics, nics);
  assert.equal(nics.length, 1);
});

test("a server is made behind its firewall", async () => {
  const { firewalls, create } = aScalewayProject();
  const { id } = await firewalls.ensure(FIREWALL, BY);
  await create("one", { shared: { firewall: id } });
  assert.equal((await firewalls.find("web", ZONE))?.machines, 1);
});

test("a server that comes up is waited for", async () => {
  const { servers, create, passing } = aScalewayProject();
  const { machine } = await create("one");
  const options = { state: "running", timeoutMs: MINUTE } as const;
  const running = await passing(servers.waitFor(machine!, ZONE, options));
  assert.deepEqual([running.id, running.state, running.ips.length > 0], [machine, "running", true]);
});

test("a server that does not come up is waited for until the deadline, and no longer", async () => {
  const { servers, create, clock, passing } = aScalewayProject();
  const { machine } = await create("one", { spec: { type: SENTINELS.neverBoots } });
  const began = clock.now();
  await assert.rejects(
    passing(servers.waitFor(machine!, ZONE, { state: "running", timeoutMs: MINUTE })),
    expectProviderError("unavailable", /starting/),
  );
  assert.equal(clock.now() - began, MINUTE);
});

test("a server is deleted with its card, its volumes and its addresses", async () => {
  const { networks, emulator, create, end, passing } = aScalewayProject();
  const { id } = await networks.ensure(NETWORK, BY);
  const spec = { ipv6: true, volumes: [{ name: "data", sizeGb: 20 }] };
  await end(await create("one", { spec, shared: { network: id } }));
  await passing(networks.delete(id, ZONE));
  assert.deepEqual(emulator.leftovers(), {
    machines: [],
    volumes: [],
    addresses: [],
    privateNics: [],
    others: [],
  });
});

test("a volume is made with its size, and says where the guest finds it", async () => {
  const { volumes, passing } = aScalewayProject();
  const { id, sizeGb, state, devicePath } = await passing(volumes.ensure(VOLUME, BY));
  assert.deepEqual([sizeGb, state, devicePath], [20, "ready", `/dev/disk/by-id/scsi-0SCW_sbs_volume-${id}`]);
});

test("a volume is attached, and the server keeps the ones that it has", async () => {
  const { volumes, servers, create, call, passing } = aScalewayProject();
  const { id } = await passing(volumes.ensure(VOLUME, BY));
  const { machine } = await create("one");
  await passing(servers.waitFor(machine!, ZONE, { state: "running", timeoutMs: MINUTE }));
  const before = await volumesOf(call, machine!);
  assert.equal((await passing(volumes.attach(id, machine!, ZONE))).machine, machine);
  assert.deepEqual(await volumesOf(call, machine!), [...before, id]);
});

test("a volume is detached, and the server keeps its others", async () => {
  const { volumes, servers, create, call, passing } = aScalewayProject();
  const { id } = await passing(volumes.ensure(VOLUME, BY));
  const { machine } = await create("one");
  await passing(servers.waitFor(machine!, ZONE, { state: "running", timeoutMs: MINUTE }));
  const before = await volumesOf(call, machine!);
  await passing(volumes.attach(id, machine!, ZONE));
  const detached = await passing(volumes.detach(id, ZONE));
  assert.deepEqual([detached.state, detached.machine], ["ready", undefined]);
  assert.deepEqual(await volumesOf(call, machine!), before);
});

test("a volume is deleted", async () => {
  const { volumes, emulator, passing } = aScalewayProject();
  const { id } = await passing(volumes.ensure(VOLUME, BY));
  await passing(volumes.delete(id, ZONE));
  assert.equal(await volumes.find(id, ZONE), undefined);
  assert.deepEqual(emulator.leftovers().volumes, []);
});

test("a type that there is is no problem", async () => {
  assert.deepEqual(await aScalewayProject().validate({ type: "DEV1-S" }), []);
});

test("a type that there is not is a problem, with what could have been meant", async () => {
  const [problem, ...others] = await aScalewayProject().validate({ type: "DEV1-Z" });
  assert.deepEqual([problem?.path, others], ["type", []]);
  assert.match(problem?.suggestion ?? "", /DEV1-S/);
});

test("a zone that there is is no problem", async () => {
  for (const zone of ["fr-par-1", "nl-ams-1", "pl-waw-2"])
    assert.deepEqual(await aScalewayProject().validate({ zone }), [], zone);
});

test("a zone that there is not is a problem, with what could have been meant", async () => {
  const [problem, ...others] = await aScalewayProject().validate({ zone: "fr-par-9" });
  assert.deepEqual([problem?.path, others], ["zone", []]);
  assert.match(problem?.suggestion ?? "", /fr-par-1/);
});

test("credentials that the cloud knows are no problem", async () => {
  const { validate, provider } = aScalewayProject();
  assert.deepEqual(await validate({}, provider()), []);
});

test("credentials that the cloud does not know are told as such", async () => {
  const { validate, provider, send } = aScalewayProject();
  const wrong = provider((request) => {
    request.headers.set("X-Auth-Token", "99999999-2222-4333-8444-555555555555");
    return send(request);
  });
  await assert.rejects(validate({}, wrong), expectProviderError("unauthorized"));
});

async function volumesOf(call: EmulatedScaleway["call"], machine: string): Promise<string[]> {
  const path = `/instance/v1/zones/${ZONE}/servers/${machine}`;
  const { server } = await call<{ server: { volumes: Record<string, { id: string }> } }>("GET", path);
  return Object.values(server.volumes).map(({ id }) => id);
}
