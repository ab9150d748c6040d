import assert from "node:assert/strict";
import { test } from "node:test";
import { anEmulatedScaleway, EMULATED_PROJECT as PROJECT } from "../../testing/emulated-scaleway.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { NAMED_BY as BY, NAMED_ZONE as ZONE } from "../../testing/named-world.ts";
import type { NamedCase } from "../../testing/named-world.ts";
import type { EmulatedScaleway } from "../../testing/emulated-scaleway.ts";
import { interrupted } from "../../testing/interrupted.ts";
import type { Firewall, FirewallRule, WantedFirewall } from "../resources/firewalls.ts";
import { createFirewalls } from "./firewalls.ts";
import { describeNamed } from "./named-contract.ts";
import { describeDoubles } from "./named-doubles-contract.ts";

const GROUPS = `/instance/v1/zones/${ZONE}/security_groups`;

const SSH: FirewallRule[] = ["0.0.0.0/0", "::/0"].map((range) => ({
  direction: "inbound",
  action: "accept",
  protocol: "tcp",
  range,
  ports: [22, 22],
}));

const WEB: FirewallRule[] = [
  { direction: "inbound", action: "accept", protocol: "tcp", range: "0.0.0.0/0", ports: [80, 443] },
  { direction: "inbound", action: "accept", protocol: "udp", range: "10.0.0.7/32", ports: [53, 53] },
  { direction: "inbound", action: "accept", protocol: "icmp", range: "2001:db8::/48" },
  { direction: "outbound", action: "drop", protocol: "any", range: "192.0.2.1/32" },
];

const the: NamedCase<Firewall, WantedFirewall> = {
  noun: "firewall",
  create: createFirewalls,
  wanted: (name) => ({ name, zone: ZONE }),
  place: ZONE,
  kind: "securityGroup",
  path: GROUPS,
  foreign: (name, project) => ({ name, project }),
  idOf: ({ security_group }: { security_group: { id: string } }) => security_group.id,
  expectWhole: ({ rules }) => assert.deepEqual(rules, SSH),
  hasTags: true,
};

describeNamed(the);
describeDoubles(the);

function aWorld() {
  const cloud = anEmulatedScaleway();
  return { cloud, firewalls: createFirewalls(cloud.clients()) };
}

interface Group {
  security_group: Record<string, unknown> & { tags: string[] };
}

const groupsLeft = (cloud: EmulatedScaleway) =>
  cloud.emulator.leftovers().others.map(({ id, tags }) => ({ id, tags }));

test("a firewall drops what comes in and accepts what goes out, and shows the cloud's own rules apart", async () => {
  const { cloud, firewalls } = aWorld();
  const made = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  const { id, rules, fixedRules, defaults, machines } = made;
  assert.deepEqual(defaults, { inbound: "drop", outbound: "accept" });
  assert.deepEqual(
    fixedRules.map(({ direction, action, range, ports }) => [direction, action, range, ports?.[0]]),
    ["0.0.0.0/0", "::/0"].flatMap((range) => [25, 465, 587].map((port) => ["outbound", "drop", range, port])),
  );
  const { security_group: group } = await cloud.call<Group>("GET", `${GROUPS}/${id}`);
  assert.deepEqual(
    [group.stateful, group.inbound_default_policy, group.outbound_default_policy, group.project],
    [true, "drop", "accept", PROJECT],
  );
  assert.deepEqual(group.tags, ["mayfly:owner=own-1", "mayfly:shared"]);
  assert.deepEqual([rules, machines], [SSH, 0]);
  const all = await cloud.call<{ rules: unknown[] }>("GET", `${GROUPS}/${id}/rules`);
  assert.equal(all.rules.length, 6 + 2);
});

test("a firewall that is made costs one call for the group, one for all rules and one that finishes it", async () => {
  const { cloud, firewalls } = aWorld();
  await firewalls.ensure({ name: "lab", zone: ZONE, rules: WEB }, BY);
  const { byOperation } = cloud.emulator.calls();
  const changes = Object.entries(byOperation).filter(([name]) => !/^(list|get)/.test(name));
  assert.deepEqual(Object.fromEntries(changes), {
    createSecurityGroup: 1,
    setSecurityGroupRules: 1,
    updateSecurityGroup: 1,
  });
});

test("rules are sent in their order, which begins anew for each direction", async () => {
  const { cloud } = aWorld();
  const sent: unknown[] = [];
  const firewalls = createFirewalls(
    cloud.clients(async (request) => {
      if (request.method === "PUT") sent.push(await request.clone().json());
      return cloud.send(request);
    }),
  );
  await firewalls.ensure({ name: "web", zone: ZONE, rules: WEB }, BY);
  const rule = (protocol: string, ip_range: string, position: number, rest = {}) => ({
    action: "accept",
    direction: "inbound",
    protocol,
    ip_range,
    position,
    ...rest,
  });
  assert.deepEqual(sent, [
    {
      rules: [
        rule("TCP", "0.0.0.0/0", 1, { dest_port_from: 80, dest_port_to: 443 }),
        rule("UDP", "10.0.0.7/32", 2, { dest_port_from: 53 }),
        rule("ICMP", "2001:db8::/48", 3),
        rule("ANY", "192.0.2.1/32", 1, { action: "drop", direction: "outbound" }),
      ],
    },
  ]);
});

test("rules of every kind come back as they were given, and a repeat finds them so", async () => {
  const { firewalls } = aWorld();
  const wanted = { name: "web", zone: ZONE, rules: WEB };
  const made = await firewalls.ensure(wanted, BY);
  assert.deepEqual(made.rules, WEB);
  assert.deepEqual(await firewalls.find("web", ZONE), made);
  assert.deepEqual(await firewalls.ensure(wanted, BY), made);
});

test("rules are the same however they are spelled, and others in another order", async () => {
  const { firewalls } = aWorld();
  const made = await firewalls.ensure({ name: "web", zone: ZONE, rules: WEB }, BY);
  const [tcp, udp, icmp, out] = WEB as [FirewallRule, FirewallRule, FirewallRule, FirewallRule];
  const spelled = [
    { ...out, range: "192.0.2.1", ports: undefined },
    tcp,
    { ...udp, range: "10.0.0.7" },
    { ...icmp, range: "2001:0DB8:0:0::7/48" },
  ];
  assert.deepEqual(await firewalls.ensure({ name: "web", zone: ZONE, rules: spelled }, BY), made);
  await assert.rejects(
    firewalls.ensure({ name: "web", zone: ZONE, rules: WEB.toReversed() }, BY),
    expectProviderError("invalid_input", /its rules are others/),
  );
});

test("a firewall whose rules are others than asked for is refused, and stays as it is", async () => {
  const { cloud, firewalls } = aWorld();
  const made = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone: ZONE, rules: WEB }, BY),
    expectProviderError(
      "invalid_input",
      /its rules are others; leave the rules out, set them anew, or choose/,
    ),
  );
  assert.deepEqual(await firewalls.find("lab", ZONE), made);
  // The same rules let everything in where nothing is dropped.
  await cloud.call("PATCH", `${GROUPS}/${made.id}`, { inbound_default_policy: "accept" });
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone: ZONE, rules: SSH }, BY),
    expectProviderError("invalid_input", /its rules are others/),
  );
});

test("rules are replaced all at once, also by none, and nothing opens them again", async () => {
  const { cloud, firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  cloud.emulator.resetCalls();
  assert.deepEqual((await firewalls.setRules(id, ZONE, WEB)).rules, WEB);
  assert.equal(cloud.emulator.calls().byOperation.setSecurityGroupRules, 1);
  assert.deepEqual((await firewalls.setRules(id, ZONE, [])).rules, []);
  assert.deepEqual((await firewalls.ensure({ name: "lab", zone: ZONE }, BY)).rules, []);
  assert.deepEqual((await firewalls.find("lab", ZONE))?.rules, []);
});

test("rules that can't be are refused before anything is made", async () => {
  const { cloud, firewalls } = aWorld();
  const [rule] = SSH as [FirewallRule];
  for (const [wrong, message] of [
    [{ ...rule, range: "10.0.0.0/33" }, /"10\.0\.0\.0\/33" is not a CIDR; write it like/],
    [{ ...rule, range: "everywhere" }, /"everywhere" is not a CIDR/],
    [{ ...rule, ports: [443, 80] as [number, number] }, /443 to 80 are no ports; first the lower/],
    [{ ...rule, ports: [0, 70_000] as [number, number] }, /0 to 70000 are no ports/],
    [{ ...rule, protocol: "icmp" as const }, /icmp has no ports; leave them out/],
  ] as const)
    await assert.rejects(
      firewalls.ensure({ name: "lab", zone: ZONE, rules: [wrong] }, BY),
      expectProviderError("invalid_input", message),
    );
  assert.deepEqual(groupsLeft(cloud), []);
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
  const refused = firewalls.setRules(id, ZONE, [{ ...rule, range: "x" }]);
  await assert.rejects(
    refused,
    expectProviderError("invalid_input", /^set the rules of firewall .*"x" is not a CIDR/),
  );
});

test("rules that the cloud refuses for good leave no group behind", async () => {
  const { cloud, firewalls } = aWorld();
  cloud.emulator.faults.add({
    match: { method: "PUT", path: "/rules" },
    effect: { kind: "status", status: 400, body: { type: "invalid_arguments", message: "too many" } },
  });
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone: ZONE }, BY),
    expectProviderError("invalid_input", /too many/),
  );
  assert.deepEqual(groupsLeft(cloud), []);
});

test("a firewall whose making ended before its rules gets those of the repeat, and only from who made it", async () => {
  const { cloud, firewalls } = aWorld();
  cloud.emulator.faults.add({ match: { method: "PUT" }, times: 1, effect: { kind: "cutBefore" } });
  const wanted = { name: "lab", zone: ZONE, rules: WEB };
  await assert.rejects(firewalls.ensure(wanted, BY), expectProviderError("unavailable", /no answer/));
  assert.deepEqual((await firewalls.find("lab", ZONE))?.rules, []);
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone: ZONE }, { owner: "own-2" }),
    expectProviderError("conflict", /no rules yet, which installation own-1 sets/),
  );
  const done = await firewalls.ensure(wanted, { owner: "own-1" });
  assert.deepEqual([done.rules, done.onDemand], [WEB, false]);
  assert.deepEqual(groupsLeft(cloud), [{ id: done.id, tags: ["mayfly:owner=own-1"] }]);
});

test("rules that were set on a firewall whose making had ended early are not set anew", async () => {
  const { cloud, firewalls } = aWorld();
  cloud.emulator.faults.add({ match: { method: "PUT" }, times: 1, effect: { kind: "cutBefore" } });
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone: ZONE }, BY),
    expectProviderError("unavailable", /./),
  );
  const { id } = (await firewalls.find("lab", ZONE))!;
  await firewalls.setRules(id, ZONE, WEB);
  assert.deepEqual((await firewalls.ensure({ name: "lab", zone: ZONE }, BY)).rules, WEB);
});

for (const how of ["cut", "lost"] as const)
  test(`rules whose setting is ${how} at any call are those after the next`, async () => {
    for (let call = 1; ; call += 1) {
      const { cloud, firewalls } = aWorld();
      const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, BY);
      const { reached } = await cloud.passing(
        interrupted(cloud.send, { call, how }, (send) =>
          createFirewalls(cloud.clients(send)).setRules(id, ZONE, WEB),
        ),
      );
      assert.deepEqual((await firewalls.setRules(id, ZONE, WEB)).rules, WEB);
      assert.deepEqual((await firewalls.find("lab", ZONE))?.rules, WEB);
      if (!reached) return assert.ok(call > 3, "the walk did not walk");
    }
  });

test("a worker that lost its place while it made a firewall does not set its rules", async () => {
  const { cloud, firewalls } = aWorld();
  let fences = 0;
  const fence = () => {
    fences += 1;
    if (fences === 2) throw new Error("another worker is at it");
  };
  const late = firewalls.ensure({ name: "lab", zone: ZONE }, { ...BY, fence });
  await assert.rejects(late, expectProviderError("unavailable", /another worker is at it/));
  assert.equal(cloud.emulator.calls().byOperation.setSecurityGroupRules, undefined);
  assert.deepEqual((await firewalls.ensure({ name: "lab", zone: ZONE }, BY)).rules, SSH);
});

test("what goes with another installation's last instance is nothing to rely on", async () => {
  const { firewalls } = aWorld();
  const { id } = await firewalls.ensure({ name: "lab", zone: ZONE }, { owner: "own-2", onDemand: true });
  await assert.rejects(
    firewalls.ensure({ name: "lab", zone: ZONE }, BY),
    expectProviderError("invalid_input", new RegExp(`${id} .* own-2 .*; delete it, or choose another name`)),
  );
});

test("a group with more rules than a page is shown whole", async () => {
  const { firewalls } = aWorld();
  for (const count of [94, 250]) {
    const rules = Array.from({ length: count }, (_, each): FirewallRule => ({
      direction: "inbound",
      action: "accept",
      protocol: "tcp",
      range: "10.0.0.0/8",
      ports: [each + 1, each + 1],
    }));
    const made = await firewalls.ensure({ name: `lab-${count}`, zone: ZONE, rules }, BY);
    assert.deepEqual((await firewalls.find(made.id, ZONE))?.rules, rules);
  }
});
