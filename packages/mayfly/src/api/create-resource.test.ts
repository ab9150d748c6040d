import assert from "node:assert/strict";
import { test } from "node:test";
import { validate } from "../http/validate.ts";
import { createResourceSchemas } from "./create-resource.ts";
import { RequestProblem } from "./problem.ts";
import type { ProblemItem } from "./problem.ts";
import { resourceKinds } from "./resource-kind.ts";
import type { ResourceKind } from "./resource-kind.ts";

function problemsOf(kind: ResourceKind, input: unknown): ProblemItem[] {
  try {
    validate(createResourceSchemas[kind], input);
    return [];
  } catch (error) {
    assert.ok(error instanceof RequestProblem);
    return error.problems;
  }
}
const paths = (kind: ResourceKind, input: unknown) =>
  problemsOf(kind, input)
    .map(({ path }) => path)
    .sort();

for (const kind of resourceKinds)
  test(`everything wrong with a ${kind} is told at once`, () => {
    const told = paths(kind, { name: "mf-x", account: "a b", sise: 1 });
    for (const path of ["name", "account", "sise"]) assert.ok(told.includes(path), `${path} in ${told}`);
  });

test("a network's subnet is a range of IPv4 addresses that begins where it says", () => {
  assert.deepEqual(paths("network", { name: "lab" }), []);
  assert.deepEqual(paths("network", { name: "lab", subnet: "10.0.1.0/24" }), []);
  for (const subnet of ["10.0.1.0", "10.0.1.0/33", "010.0.1.0/24", "fd00::/64", "", 10])
    assert.deepEqual(paths("network", { name: "lab", subnet }), ["subnet"], String(subnet));
  const [problem] = problemsOf("network", { name: "lab", subnet: "192.168.201.77/18" });
  assert.equal(problem?.suggestion, "write 192.168.192.0/18");
  assert.equal(
    problemsOf("network", { name: "lab", subnet: "10.1.2.3/0" })[0]?.suggestion,
    "write 0.0.0.0/0",
  );
});

test("a rule without a range is for every address, IPv4 and IPv6", () => {
  const { rules } = createResourceSchemas.firewall.parse({
    name: "web",
    rules: [
      { protocol: "tcp", ports: [80, 80] },
      { protocol: "any", range: "2001:db8::/32", action: "drop", direction: "outbound" },
    ],
  });
  const inbound = { direction: "inbound", action: "accept", protocol: "tcp", ports: [80, 80] };
  assert.deepEqual(rules, [
    { ...inbound, range: "0.0.0.0/0" },
    { ...inbound, range: "::/0" },
    { direction: "outbound", action: "drop", protocol: "any", range: "2001:db8::/32" },
  ]);
});

test("a rule that no firewall can keep is refused where it stands", () => {
  const told = paths("firewall", {
    name: "web",
    rules: [
      { protocol: "tcp", ports: [0, 80] },
      { protocol: "tcp", ports: [90, 80] },
      { protocol: "icmp", ports: [1, 2] },
      { protocol: "tcp", range: "10.0.0.0" },
      { protocol: "tcp", range: "10.0.0.1/8" },
      { protocol: "gre" },
    ],
  });
  assert.deepEqual(told, [
    "rules.0.ports.0",
    "rules.1.ports",
    "rules.2.ports",
    "rules.3.range",
    "rules.4.range",
    "rules.5.protocol",
  ]);
  const many = { name: "web", rules: Array.from({ length: 101 }, () => ({ protocol: "any" })) };
  assert.deepEqual(problemsOf("firewall", many), [{ path: "rules", message: "at most 100 rules" }]);
});

test("a volume has 1 to 10000 GB, and one of two speeds", () => {
  for (const sizeGb of [1, 10_000])
    assert.deepEqual(paths("volume", { name: "data", sizeGb, iops: 15_000 }), []);
  for (const sizeGb of [0, 10_001, 1.5, "20", undefined])
    assert.deepEqual(paths("volume", { name: "data", sizeGb }), ["sizeGb"], String(sizeGb));
  assert.deepEqual(problemsOf("volume", { name: "data", sizeGb: 1, iops: 7 }), [
    { path: "iops", message: "is not one of 5000, 15000", suggestion: "write 5000 or 15000" },
  ]);
});

test("a private key is refused without repeating it", () => {
  const secret = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE";
  const publicKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n-----END OPENSSH PRIVATE KEY-----\n`;
  const problems = problemsOf("key", { name: "me", publicKey });
  assert.match(problems[0]?.message ?? "", /is a private key/);
  assert.ok(!JSON.stringify(problems).includes(secret));
});
