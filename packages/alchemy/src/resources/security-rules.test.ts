import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleProblems, toWire } from "./security-rules.ts";

test("rules go to the cloud inbound first, numbered by direction, with what was left out", () => {
  const rules = toWire([
    { direction: "outbound", action: "drop", protocol: "udp", ports: [6000, 6100] },
    { port: 443 },
    { ipRange: "10.0.0.1/32" },
  ]);
  assert.deepEqual(
    rules.map(({ direction, protocol, ipRange, destPortFrom, destPortTo, position }) =>
      [direction, protocol, ipRange, destPortFrom, destPortTo, position].join(" "),
    ),
    ["inbound TCP 0.0.0.0/0 443  1", "inbound ANY 10.0.0.1   2", "outbound UDP 0.0.0.0/0 6000 6100 1"],
  );
});

test("a rule that the cloud would not take is refused with all that is wrong", () => {
  assert.deepEqual(ruleProblems({ port: 22 }), []);
  assert.match(ruleProblems({ port: 70_000 })[0] ?? "", /ports are not from 1 to 65535/);
  assert.match(ruleProblems({ protocol: "icmp", port: 1 })[0] ?? "", /icmp has no ports/);
  assert.equal(ruleProblems({ port: 1, ports: [3, 2], protocol: "any" }).length, 3);
});
