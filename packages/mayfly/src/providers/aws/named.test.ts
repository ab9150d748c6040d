import assert from "node:assert/strict";
import { test } from "node:test";
import { aPublicKey } from "../../testing/a-public-key.ts";
import { anAwsRow } from "../../testing/aws-row.ts";
import { anAwsWorld, AWS_ZONE } from "../../testing/aws-world.ts";
import type { AwsWorld } from "../../testing/aws-world.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { startMoto } from "../../testing/moto.ts";
import type { Firewall, FirewallRule } from "../resources/firewalls.ts";
import type { Named } from "../resources/resources.ts";
import type { Shareable } from "../resources/shareable.ts";
import { describeShareable } from "../resources/shareable-contract.ts";
import { createFirewalls } from "./firewalls.ts";
import { createKeys } from "./keys.ts";
import { createNetworks } from "./networks.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const PUBLIC_KEY = aPublicKey();
const SSH: FirewallRule[] = ["0.0.0.0/0", "::/0"].map((range) => ({
  direction: "inbound",
  action: "accept",
  protocol: "tcp",
  range,
  ports: [22, 22],
}));

interface Case<Thing extends Named, Wanted extends { name: string; zone: string }> {
  create(clients: ReturnType<AwsWorld["clients"]>): Shareable<Thing, Wanted>;
  wanted(name: string): Wanted;
  foreign(world: AwsWorld, name: string): Promise<string | undefined>;
  left(world: AwsWorld): Promise<(string | undefined)[]>;
  expectWhole?(thing: Thing): void;
}

async function aWorldOf<Thing extends Named, Wanted extends { name: string; zone: string }>(
  the: Case<Thing, Wanted>,
) {
  const world = await anAwsWorld(moto!);
  const before = await the.left(world);
  return {
    zone: AWS_ZONE,
    wanted: the.wanted,
    send: world.layer.fetch,
    through: (send: (request: Request) => Promise<Response>) => the.create(world.clients(send)),
    foreign: async (name: string) => (await the.foreign(world, name))!,
    left: async () => (await the.left(world)).filter((id) => !before.includes(id)).map((id) => id!),
    passing: world.passing,
    ...(the.expectWhole && { expectWhole: the.expectWhole }),
  };
}

const defaultVpc = async ({ console }: AwsWorld) =>
  (await console.describeVpcs({ Filters: [{ Name: "is-default", Values: ["true"] }] })).Vpcs![0]!.VpcId;

if (moto === undefined) test("networks, firewalls and keys on aws hold to the contract", { skip }, () => {});
else {
  describeShareable("a network on aws", () =>
    aWorldOf({
      create: createNetworks,
      wanted: (name) => ({ name, zone: AWS_ZONE }),
      foreign: async (world, name) => {
        const { Subnet } = await world.console.createSubnet({
          VpcId: await defaultVpc(world),
          AvailabilityZone: AWS_ZONE,
          CidrBlock: "172.31.200.0/24",
          TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "Name", Value: name }] }],
        });
        return Subnet?.SubnetId;
      },
      left: async ({ console }) =>
        (await console.describeSubnets({})).Subnets!.map(({ SubnetId }) => SubnetId),
      expectWhole: ({ subnets }) => assert.deepEqual(subnets, ["172.31.96.0/24"]),
    }),
  );
  describeShareable("a firewall on aws", () =>
    aWorldOf<Firewall, { name: string; zone: string }>({
      create: createFirewalls,
      wanted: (name) => ({ name, zone: AWS_ZONE }),
      foreign: async (world, GroupName) =>
        (
          await world.console.createSecurityGroup({
            GroupName,
            Description: "theirs",
            VpcId: await defaultVpc(world),
          })
        ).GroupId,
      left: async ({ console }) =>
        (await console.describeSecurityGroups({})).SecurityGroups!.map(({ GroupId }) => GroupId),
      expectWhole: ({ rules }) => assert.deepEqual(rules, SSH),
    }),
  );
  describeShareable("a key on aws", () =>
    aWorldOf({
      create: createKeys,
      wanted: (name) => ({ name, zone: AWS_ZONE, publicKey: `${PUBLIC_KEY} me@here` }),
      foreign: async ({ console }, KeyName) =>
        (await console.importKeyPair({ KeyName, PublicKeyMaterial: Buffer.from(PUBLIC_KEY) })).KeyPairId,
      left: async ({ console }) =>
        (await console.describeKeyPairs({})).KeyPairs!.map(({ KeyPairId }) => KeyPairId),
      expectWhole: ({ publicKey }) => assert.equal(publicKey, PUBLIC_KEY),
    }),
  );
}

test(
  "a machine is in the network, behind the firewall and with the key that are named",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    const { networks, firewalls, keys } = world.provider();
    const by = { owner: "own-1", onDemand: true };
    const zone = AWS_ZONE;
    const network = await networks!.ensure({ name: "lab", zone, subnet: "172.31.128.0/24" }, by);
    const firewall = await firewalls!.ensure({ name: "lab", zone }, by);
    const key = await keys!.ensure({ name: "key-0123", zone, publicKey: PUBLIC_KEY }, by);
    const row = anAwsRow({ sshKeys: [{ name: "key-0123", publicKey: PUBLIC_KEY }] });
    await world.provider().create(row.request({ shared: { network: network.id, firewall: firewall.id } }));
    const [instance] = (await world.console.describeInstances({})).Reservations![0]!.Instances!;
    assert.deepEqual(
      [
        instance!.SubnetId,
        instance!.KeyName,
        instance!.NetworkInterfaces![0]!.Groups!.map(({ GroupId }) => GroupId),
      ],
      [network.id, "key-0123", [firewall.id]],
    );
    assert.equal((await firewalls!.find("lab", zone))?.machines, 1);
    // Moto lets go of a group that a machine is in; EC2 says this.
    world.layer.refusals.push(["DeleteSecurityGroup", "DependencyViolation"]);
    assert.equal(await firewalls!.discard(firewall.id, zone), "in use");
    await row.expectGone(world.provider(), (ms) => world.clock.advance(ms));
    assert.equal(await firewalls!.discard(firewall.id, zone), "gone");
    assert.equal(await networks!.discard(network.id, zone), "gone");
    assert.equal(await keys!.discard(key.id, zone), "gone");
  },
);

test("rules are set as asked, and what a security group cannot say is refused", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const firewalls = createFirewalls(world.clients());
  const zone = AWS_ZONE;
  const web: FirewallRule = {
    direction: "inbound",
    action: "accept",
    protocol: "tcp",
    range: "10.0.0.0/8",
    ports: [80, 81],
  };
  const all: FirewallRule = { direction: "inbound", action: "accept", protocol: "any", range: "10.1.0.0/16" };
  const { id } = await firewalls.ensure({ name: "lab", zone, rules: [web] }, { owner: "own-1" });
  assert.deepEqual((await firewalls.find("lab", zone))?.rules, [web]);
  assert.deepEqual((await firewalls.setRules(id, zone, [all])).rules, [all]);
  assert.deepEqual((await firewalls.find("lab", zone))?.rules, [all]);
  const refused = (rule: Partial<FirewallRule>, says: RegExp) =>
    assert.rejects(
      firewalls.setRules(id, zone, [{ ...web, ...rule }]),
      expectProviderError("invalid_input", says),
    );
  await refused({ action: "drop" }, /has no rule that drops/);
  await refused({ direction: "outbound" }, /accepts what goes out/);
  await refused({ protocol: "any" }, /any has no ports/);
  await refused({ range: "x" }, /"x" is not a CIDR/);
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone, rules: [web] }, { owner: "own-1" }),
    expectProviderError("invalid_input", /has other rules/),
  );
});
