import assert from "node:assert/strict";
import { test } from "node:test";
import { SENTINELS } from "@mayfly/emulator";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import type { EmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { anEmulatedScaleway, EMULATED_PROJECT } from "../../testing/emulated-scaleway.ts";
import { createServers } from "./servers.ts";

const ZONE = "fr-par-1";
const SERVERS = `/instance/v1/zones/${ZONE}/servers`;

function aWorld() {
  const cloud = anEmulatedScaleway();
  return { ...cloud, servers: createServers(cloud.clients()) };
}

async function aServer(cloud: EmulatedScaleway, name: string, type = "DEV1-S"): Promise<string> {
  const body = { name, commercial_type: type, image: "ubuntu_noble", project: EMULATED_PROJECT, tags: [] };
  return (await cloud.call<{ server: { id: string } }>("POST", SERVERS, body)).server.id;
}

/** All their names begin alike. */
async function aFleet(cloud: EmulatedScaleway, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 1; made <= count; made += 1)
    ids.push(await aServer(cloud, `lab-${String(made).padStart(3, "0")}`));
  return ids;
}

test("sixty servers are listed, and each is found by exactly its name", async () => {
  const world = aWorld();
  const ids = await aFleet(world, 60);
  const listed = await world.servers.list(ZONE);
  assert.deepEqual(listed.map(({ id }) => id).sort(), ids.sort());
  assert.equal(new Set(listed.map(({ name }) => name)).size, 60);
  assert.equal((await world.servers.find("lab-060", ZONE))?.name, "lab-060");
  for (const part of ["lab", "lab-0", "lab-06", "ab-060", "lab-0600", "LAB-060"])
    assert.equal(await world.servers.find(part, ZONE), undefined, part);
});

test("a server on the third page is found by its name, and a beginning of many names by none", async () => {
  const world = aWorld();
  await aFleet(world, 229);
  const last = await aServer(world, "lab-");
  assert.equal((await world.servers.find("lab-", ZONE))?.id, last);
  assert.equal((await world.servers.list(ZONE)).length, 230);
  assert.equal(await world.servers.find("lab-2", ZONE), undefined);
});

test("servers of another project or zone are neither listed nor found", async () => {
  const world = aWorld();
  const body = { name: "lab", commercial_type: "DEV1-S", image: "ubuntu_noble", tags: [] };
  await world.call("POST", SERVERS, { ...body, project: "99999999-0000-4000-8000-000000000000" });
  await world.call("POST", SERVERS.replace("par-1", "par-2"), { ...body, project: EMULATED_PROJECT });
  assert.deepEqual(await world.servers.list(ZONE), []);
  assert.equal(await world.servers.find("lab", ZONE), undefined);
});

test("a name that several servers have is refused with their ids", async () => {
  const world = aWorld();
  const ids = [await aServer(world, "twin"), await aServer(world, "twin")];
  const all = (id: string) => `(?=.*${id})`;
  await assert.rejects(
    world.servers.find("twin", ZONE),
    expectProviderError(
      "invalid_input",
      new RegExp(`^find server twin on scaleway fr-par-1: ${ids.map(all).join("")}`),
    ),
  );
});

test("a list with a page missing is no list", async () => {
  const world = aWorld();
  await aServer(world, "lab");
  world.emulator.faults.add({ match: { operation: "listServers" }, effect: { kind: "missPage" } });
  await assert.rejects(world.servers.list(ZONE), expectProviderError("unavailable", /were due/));
});

test("a server is waited for until it runs, and then has its address", async () => {
  const world = aWorld();
  const id = await aServer(world, "lab");
  await world.call("POST", `${SERVERS}/${id}/action`, { action: "poweron" });
  const began = world.clock.now();
  const waiting = world.servers.waitFor(id, ZONE, { state: "running", timeoutMs: 120_000 });
  const machine = await world.passing(waiting);
  assert.equal(machine.state, "running");
  assert.equal(machine.ips.length, 1);
  assert.ok(world.clock.now() - began >= 5_000);
});

test("a server that does not come up in time is told with the state that it was in last", async () => {
  const world = aWorld();
  const id = await aServer(world, "lab", SENTINELS.neverBoots);
  await world.call("POST", `${SERVERS}/${id}/action`, { action: "poweron" });
  const began = world.clock.now();
  const waiting = world.servers.waitFor(id, ZONE, { state: "running", timeoutMs: 63_000 });
  await assert.rejects(
    world.passing(waiting),
    expectProviderError("unavailable", /^wait for server .* to be running: it is starting after 63 s$/),
  );
  assert.equal(world.clock.now() - began, 63_000);
});

test("waiting for a server ends when it is aborted", async () => {
  const world = aWorld();
  const id = await aServer(world, "lab");
  const controller = new AbortController();
  const { signal } = controller;
  const began = world.clock.now();
  const waiting = world.servers.waitFor(id, ZONE, { state: "running", timeoutMs: 600_000, signal });
  world.clock.sleep(7_000).then(() => controller.abort(new Error("enough")), assert.fail);
  await assert.rejects(
    world.passing(waiting),
    expectProviderError("unavailable", /^wait for server .*: enough$/),
  );
  assert.equal(world.clock.now() - began, 7_000);
  assert.equal(world.clock.nextAt(), undefined);
});

test("waiting for a server that is not there is a conflict at once", async () => {
  const world = aWorld();
  const began = world.clock.now();
  const nobody = "00000000-0000-4000-8000-000000000000";
  const waiting = world.servers.waitFor(nobody, ZONE, { state: "running", timeoutMs: 60_000 });
  await assert.rejects(
    world.passing(waiting),
    expectProviderError("conflict", /instance_server is not there/),
  );
  assert.equal(world.clock.now(), began);
});
