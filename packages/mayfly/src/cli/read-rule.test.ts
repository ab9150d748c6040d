import assert from "node:assert/strict";
import { test } from "node:test";
import { createResourceSchemas } from "../api/create-resource.ts";
import { readRule } from "./read-rule.ts";
import { showRules } from "./show-rules.ts";

for (const [text, rule] of Object.entries({
  "tcp:80": { protocol: "tcp", range: undefined, ports: [80, 80] },
  "udp:6000-6100": { protocol: "udp", range: undefined, ports: [6_000, 6_100] },
  "tcp:22@10.0.0.0/8": { protocol: "tcp", range: "10.0.0.0/8", ports: [22, 22] },
  "tcp:22@203.0.113.7": { protocol: "tcp", range: "203.0.113.7/32", ports: [22, 22] },
  "tcp:22@2001:db8::7": { protocol: "tcp", range: "2001:db8::7/128", ports: [22, 22] },
  tcp: { protocol: "tcp", range: undefined },
  icmp: { protocol: "icmp", range: undefined },
  "any@fd00::/8": { protocol: "any", range: "fd00::/8" },
}))
  test(`${text} is a rule, and is shown as one`, () => {
    assert.deepEqual(readRule(text), rule);
    const { rules = [] } = createResourceSchemas.firewall.parse({ name: "web", rules: [rule] });
    const shown = text.replace("203.0.113.7", "203.0.113.7/32").replace("::7", "::7/128");
    assert.deepEqual(showRules(rules), [shown]);
  });

for (const text of [
  "80",
  "tcp:",
  "tcp:0",
  "tcp:65536",
  "tcp:90-80",
  "icmp:8",
  "gre:1",
  "tcp:80@",
  "tcp:80@everywhere",
  "tcp:80@10.0.0.0/33",
  "tcp:80@10.0.0.0/8/9",
  "TCP:80",
])
  test(`"${text}" is no rule`, () => {
    const read = readRule(text);
    assert.ok("path" in read && read.path === "--allow" && read.message.includes(`"${text}"`));
  });

test("what drops, and what goes out, is shown by its first word", () => {
  const rule = { protocol: "tcp", ports: [25, 25] as [number, number] } as const;
  const drop = { ...rule, direction: "outbound", action: "drop" } as const;
  const [v4, v6] = ["0.0.0.0/0", "::/0"];
  assert.deepEqual(
    showRules([
      { ...drop, range: v4 },
      { ...drop, range: v6 },
    ]),
    ["out drop tcp:25"],
  );
  const accept = { ...rule, direction: "inbound", action: "accept" } as const;
  assert.deepEqual(showRules([{ ...accept, range: v4 }]), ["tcp:25@0.0.0.0/0"]);
});
