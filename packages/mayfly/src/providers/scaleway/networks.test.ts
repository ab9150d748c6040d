import assert from "node:assert/strict";
import { test } from "node:test";
import type { EmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { anEmulatedScaleway, EMULATED_PROJECT as PROJECT } from "../../testing/emulated-scaleway.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { NAMED_BY as BY, NAMED_ZONE as ZONE } from "../../testing/named-world.ts";
import type { NamedCase } from "../../testing/named-world.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { describeNamed } from "./named-contract.ts";
import { describeDoubles } from "./named-doubles-contract.ts";
import type { Network, WantedNetwork } from "../resources/networks.ts";
import { createNetworks } from "./networks.ts";

const NETWORKS = "/vpc/v2/regions/fr-par/private-networks";
const VPCS = "/vpc/v2/regions/fr-par/vpcs";

const the: NamedCase<Network, WantedNetwork> = {
  noun: "network",
  create: createNetworks,
  wanted: (name) => ({ name, zone: ZONE }),
  place: "fr-par",
  kind: "privateNetwork",
  path: NETWORKS,
  foreign: (name, project) => ({ name, project_id: project }),
  idOf: ({ id }: { id: string }) => id,
  expectWhole: ({ subnets }) => {
    assert.match(subnets[0]!, /^172\.\d+\.\d+\.0\/22$/);
    assert.match(subnets[1]!, /^fd[0-9a-f:]+\/64$/);
  },
  hasTags: true,
};

describeNamed(the);
describeDoubles(the);

function aWorld() {
  const cloud = anEmulatedScaleway();
  return { cloud, networks: createNetworks(cloud.clients()) };
}

async function aServer(cloud: EmulatedScaleway, zone: string, network: string): Promise<string> {
  const id = await cloud.emulator.console.createServer({ zone });
  const path = `/instance/v1/zones/${zone}/servers/${id}/private_nics`;
  await cloud.call("POST", path, { private_network_id: network });
  return id;
}

const aVpc = async (cloud: EmulatedScaleway, name: string): Promise<string> =>
  (await cloud.call<{ id: string }>("POST", VPCS, { name, project_id: PROJECT })).id;

const kindsLeft = (cloud: EmulatedScaleway) => cloud.emulator.leftovers().others.map(({ kind }) => kind);

test("every zone of a region has its networks, and no other region", async () => {
  const { networks } = aWorld();
  assert.equal(networks.placeOf("nl-ams-3"), "nl-ams");
  const { id } = await networks.ensure({ name: "lab", zone: "fr-par-1" }, BY);
  assert.equal((await networks.find("lab", "fr-par-3"))?.id, id);
  assert.equal((await networks.ensure({ name: "lab", zone: "fr-par-2" }, BY)).id, id);
  assert.equal(await networks.find("lab", "nl-ams-1"), undefined);
  assert.notEqual((await networks.ensure({ name: "lab", zone: "nl-ams-1" }, BY)).id, id);
});

test("a network has the subnet that is asked for, and one that is there must have it", async () => {
  const { networks } = aWorld();
  const wanted = { name: "lab", zone: ZONE, subnet: "10.1.2.0/24" };
  const { id, subnets } = await networks.ensure(wanted, BY);
  assert.equal(subnets[0], "10.1.2.0/24");
  assert.equal((await networks.ensure(wanted, BY)).id, id);
  assert.equal((await networks.ensure({ name: "lab", zone: ZONE }, BY)).id, id);
  await assert.rejects(
    networks.ensure({ ...wanted, subnet: "10.1.3.0/24" }, BY),
    expectProviderError(
      "invalid_input",
      /has 10\.1\.2\.0\/24, .*, not 10\.1\.3\.0\/24; leave the subnet out/,
    ),
  );
  await assert.rejects(
    networks.ensure({ ...wanted, name: "other", subnet: "10.1.3" }, BY),
    expectProviderError("invalid_input", /"10\.1\.3" is not a CIDR/),
  );
});

test("a network is made in the default VPC, or in the one that is named, by its id or exactly its name", async () => {
  const { cloud, networks } = aWorld();
  const [corp, corporate] = [await aVpc(cloud, "corp"), await aVpc(cloud, "corporate")];
  const vpcOf = async (name: string, vpc?: string) => {
    const { id } = await networks.ensure({ name, zone: ZONE, vpc }, BY);
    return (await cloud.call<{ vpc_id: string }>("GET", `${NETWORKS}/${id}`)).vpc_id;
  };
  const byDefault = await vpcOf("a");
  assert.ok(![corp, corporate].includes(byDefault));
  assert.equal(await vpcOf("b", "corp"), corp);
  assert.equal(await vpcOf("c", corporate.toUpperCase()), corporate);
  assert.equal(await vpcOf("c", "corporate"), corporate);
  await assert.rejects(
    networks.ensure({ name: "b", zone: ZONE, vpc: "corporate" }, BY),
    expectProviderError("invalid_input", /is there in VPC .*, not in corporate/),
  );
});

test("a VPC that nobody knows is refused with those that are near, and nothing is made", async () => {
  const { cloud, networks } = aWorld();
  await aVpc(cloud, "corp");
  await assert.rejects(
    networks.ensure({ name: "lab", zone: ZONE, vpc: "crop" }, BY),
    expectProviderError("invalid_input", /VPC crop is unknown in fr-par; did you mean corp\?/),
  );
  const twin = await aVpc(cloud, "corp");
  await assert.rejects(
    networks.ensure({ name: "lab", zone: ZONE, vpc: "corp" }, BY),
    expectProviderError(
      "invalid_input",
      new RegExp(`2 VPCs of fr-par are named corp: .*${twin}; give an id`),
    ),
  );
  assert.deepEqual(kindsLeft(cloud), ["vpc", "vpc"]);
});

test("a network is deleted with machines of two zones in it, which leave it and stay", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  const other = await networks.ensure({ name: "other", zone: ZONE }, BY);
  const servers = [await aServer(cloud, "fr-par-1", id), await aServer(cloud, "fr-par-2", id)];
  const elsewhere = await aServer(cloud, "fr-par-1", other.id);
  await cloud.passing(networks.delete(id, "fr-par-3"));
  const { machines, privateNics } = cloud.emulator.leftovers();
  assert.deepEqual(machines.map((machine) => machine.id).sort(), [...servers, elsewhere].sort());
  assert.equal(privateNics.length, 1);
  assert.equal(await networks.find("lab", ZONE), undefined);
  assert.equal((await networks.find("other", ZONE))?.id, other.id);
});

test("a machine stays in its other networks when one of them is deleted", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  const other = await networks.ensure({ name: "other", zone: ZONE }, BY);
  const server = await aServer(cloud, ZONE, id);
  const path = `/instance/v1/zones/${ZONE}/servers/${server}/private_nics`;
  await cloud.call("POST", path, { private_network_id: other.id });
  await cloud.clock.advance(120_000);
  await cloud.passing(networks.delete(id, ZONE));
  const { private_nics: cards } = await cloud.call<{ private_nics: { private_network_id: string }[] }>(
    "GET",
    path,
  );
  assert.deepEqual(
    cards.map((card) => card.private_network_id),
    [other.id],
  );
});

test("a network that a machine is in is not discarded, and the machine stays in it", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  await aServer(cloud, ZONE, id);
  assert.equal(await networks.discard(id, ZONE), "in use");
  assert.equal(cloud.emulator.leftovers().privateNics.length, 1);
  assert.equal((await networks.find("lab", ZONE))?.id, id);
});

test("machines of more than one page leave a network", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  for (let made = 0; made < 120; made += 1) await aServer(cloud, ZONE, id);
  await cloud.passing(networks.delete(id, ZONE));
  assert.deepEqual([kindsLeft(cloud), cloud.emulator.leftovers().privateNics], [[], []]);
});

const MUST_BE_EMPTY = {
  type: "precondition_failed",
  precondition: "resource_still_in_use",
  help_message: "Private Network must be empty to be deleted",
};

test("a network that the cloud does not find empty at once is deleted when it does", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  await aServer(cloud, ZONE, id);
  cloud.emulator.faults.add({
    match: { method: "DELETE", path: NETWORKS },
    times: 4,
    effect: { kind: "status", status: 412, body: MUST_BE_EMPTY },
  });
  const since = cloud.clock.now();
  await cloud.passing(networks.delete(id, ZONE));
  assert.deepEqual(kindsLeft(cloud), []);
  assert.equal(cloud.clock.now() - since, 20_000);
});

test("a network that something else than a machine holds is a conflict after two minutes, and says what to look for", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  await cloud.call("POST", "/ipam/v1/regions/fr-par/ips", {
    project_id: PROJECT,
    source: { private_network_id: id },
    is_ipv6: false,
  });
  const since = cloud.clock.now();
  await assert.rejects(
    cloud.passing(networks.delete(id, ZONE)),
    expectProviderError(
      "conflict",
      /must be empty to be deleted .*look for a gateway, .* or a reserved address/,
    ),
  );
  assert.equal(cloud.clock.now() - since, 120_000);
});

test("a delete that waits ends when it is told to", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  cloud.emulator.faults.add({
    match: { method: "DELETE", path: NETWORKS },
    effect: { kind: "status", status: 412, body: MUST_BE_EMPTY },
  });
  const ended = new AbortController();
  const deleting = networks.delete(id, ZONE, { signal: ended.signal });
  const failed = assert.rejects(deleting, expectProviderError("unavailable", /the lease is over/));
  await cloud.clock.advance(12_000);
  ended.abort(new Error("the lease is over"));
  await failed;
  assert.equal(cloud.clock.nextAt(), undefined);
});

test("a machine that joins while a network is deleted leaves it too", async () => {
  const { cloud, networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
  await cloud.clock.advance(60_000);
  cloud.emulator.faults.listLagMs = 25_000;
  await aServer(cloud, "fr-par-2", id);
  const since = cloud.clock.now();
  await cloud.passing(networks.delete(id, ZONE));
  assert.equal(cloud.clock.now() - since, 25_000);
  assert.deepEqual([kindsLeft(cloud), cloud.emulator.leftovers().privateNics], [[], []]);
});

for (const how of ["cut", "lost"] as const)
  test(`the end of a network with a machine in it, ${how} at any call, is done by the next`, async () => {
    for (let call = 1; ; call += 1) {
      const { cloud, networks } = aWorld();
      const { id } = await networks.ensure({ name: "lab", zone: ZONE }, BY);
      await aServer(cloud, "fr-par-2", id);
      const { reached } = await cloud.passing(
        interrupted(cloud.send, { call, how }, (send) =>
          createNetworks(cloud.clients(send)).delete(id, ZONE),
        ),
      );
      await cloud.passing(networks.delete(id, ZONE));
      const { machines, privateNics } = cloud.emulator.leftovers();
      assert.deepEqual([kindsLeft(cloud), privateNics, machines.length], [[], [], 1]);
      if (!reached) return assert.equal(call, 8);
    }
  });

test("what goes with another installation's last instance is nothing to rely on", async () => {
  const { networks } = aWorld();
  const { id } = await networks.ensure({ name: "lab", zone: ZONE }, { owner: "own-2", onDemand: true });
  await assert.rejects(
    networks.ensure({ name: "lab", zone: ZONE }, BY),
    expectProviderError("invalid_input", new RegExp(`${id} .* own-2 .*; delete it, or choose another name`)),
  );
  const lasting = await networks.ensure({ name: "web", zone: ZONE }, { owner: "own-2" });
  assert.equal((await networks.ensure({ name: "web", zone: ZONE }, BY)).id, lasting.id);
});
