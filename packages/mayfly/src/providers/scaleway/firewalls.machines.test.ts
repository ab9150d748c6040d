import assert from "node:assert/strict";
import { test } from "node:test";
import { anEmulatedScaleway, EMULATED_PROJECT as PROJECT } from "../../testing/emulated-scaleway.ts";
import type { EmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { NAMED_BY as BY, NAMED_ZONE as ZONE } from "../../testing/named-world.ts";
import { createFirewalls } from "./firewalls.ts";

const GROUPS = `/instance/v1/zones/${ZONE}/security_groups`;
const SERVERS = `/instance/v1/zones/${ZONE}/servers`;

function aWorld() {
  const cloud = anEmulatedScaleway();
  return { cloud, firewalls: createFirewalls(cloud.clients()) };
}

async function aServer(cloud: EmulatedScaleway, name: string, group: string): Promise<string> {
  const body = {
    name,
    commercial_type: "DEV1-S",
    image: "ubuntu_noble",
    project: PROJECT,
    security_group: group,
    tags: [],
  };
  return (await cloud.call<{ server: { id: string } }>("POST", SERVERS, body)).server.id;
}

const groupsLeft = (cloud: EmulatedScaleway) =>
  cloud.emulator.leftovers().others.map(({ id, tags }) => ({ id, tags }));

test("a firewall says how many machines are behind it", async () => {
  const { cloud, firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  await aServer(cloud, "one", id);
  await aServer(cloud, "two", id);
  assert.equal((await firewalls.find("lab", ZONE))?.machines, 2);
  const listed = (await firewalls.list(ZONE)).map(({ name, machines, rules }) => [
    name,
    machines,
    rules.length,
  ]);
  assert.deepEqual(listed.sort(), [
    ["Default security group", 0, 0],
    ["lab", 2, 2],
  ]);
});

test("a group that nobody made says what it lets in and out by default", async () => {
  const { firewalls } = aWorld();
  const found = await firewalls.find("Default security group", ZONE);
  assert.deepEqual(found?.defaults, { inbound: "accept", outbound: "accept" });
  assert.deepEqual([found?.rules, found?.fixedRules.length], [[], 6]);
});

test("a firewall is deleted once its machines are gone", async () => {
  const { cloud, firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  const server = await aServer(cloud, "one", id);
  const deleting = firewalls.delete(id, ZONE);
  await cloud.clock.advance(60_000);
  assert.equal((await firewalls.find(id, ZONE))?.id, id);
  cloud.emulator.console.deleteServer(server);
  await cloud.passing(deleting);
  assert.equal(await firewalls.find(id, ZONE), undefined);
});

test("a firewall that machines stay behind is a conflict after two minutes, which names them", async () => {
  const { cloud, firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  const ids: string[] = [];
  for (let each = 0; each < 12; each += 1) ids.push(await aServer(cloud, `lab-${each}`, id));
  const since = cloud.clock.now();
  const message = new RegExp(
    `^delete firewall ${id} on scaleway ${ZONE}: still behind it: .*lab-3 \\(${ids[3]}\\).* and 2 more; delete them first$`,
  );
  await assert.rejects(cloud.passing(firewalls.delete(id, ZONE)), expectProviderError("conflict", message));
  assert.equal(cloud.clock.now() - since, 120_000);
  assert.equal((await firewalls.find("lab", ZONE))?.machines, 12);
});

test("a firewall that a machine is behind is not discarded", async () => {
  const { cloud, firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  await aServer(cloud, "one", id);
  assert.equal(await firewalls.discard(id, ZONE), "in use");
  assert.equal((await firewalls.find("lab", ZONE))?.machines, 1);
});

test("a firewall that the cloud holds for a moment is deleted when it does not", async () => {
  const { cloud, firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  const body = { type: "precondition_failed", precondition: "resource_still_in_use", message: "in use" };
  cloud.emulator.faults.add({
    match: { method: "DELETE", path: GROUPS },
    times: 3,
    effect: { kind: "status", status: 400, body },
  });
  await cloud.passing(firewalls.delete(id, ZONE));
  assert.deepEqual(groupsLeft(cloud), []);
});
