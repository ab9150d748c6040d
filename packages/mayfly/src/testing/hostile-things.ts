import type { Resource, ResourceKind } from "../api/resource-kind.ts";

/** One of each kind of thing, every text of which is this one. */
export function hostileThings(text: string): { [K in ResourceKind]: Resource[K] } {
  const named = { id: text, name: text, place: text, owner: text, onDemand: false, createdAt: 0 };
  const rule = { direction: "inbound", action: "drop", protocol: "any", range: text } as const;
  const said = { ...rule, direction: text, action: text, protocol: text } as unknown as typeof rule;
  return {
    network: { ...named, subnets: [text, text] },
    firewall: {
      ...named,
      defaults: { inbound: text as "drop", outbound: text as "drop" },
      rules: [rule, said],
      fixedRules: [rule, said],
      machines: 1,
    },
    volume: { ...named, sizeGb: 1, iops: 1, state: text as "ready", machine: text, devicePath: text },
    key: { ...named, publicKey: text, fingerprint: text },
  };
}
