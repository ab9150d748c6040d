import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ProviderError } from "../error.ts";
import type { Provider } from "../provider.ts";
import type { FirewallRule, Firewalls, WantedFirewall } from "../resources/firewalls.ts";
import type { WantedKey } from "../resources/keys.ts";
import type { WantedNetwork } from "../resources/networks.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import { fakeNamed } from "./named.ts";
import { fakeVolumes } from "./volumes.ts";

/** Networks, firewalls, volumes and keys of the fake cloud: of one region, `fake`. */
export function fakeResources(
  cloud: FakeCloud,
): Required<Pick<Provider, "networks" | "firewalls" | "volumes" | "keys">> {
  return {
    networks: fakeNamed<"network", WantedNetwork>(cloud, {
      kind: "network",
      placeOf: () => "fake",
      make({ name, subnet, vpc = "default" }, id) {
        if (vpc === "default") return { subnets: [subnet ?? subnetOf(id)] };
        throw new ProviderError("invalid_input", `create network ${name} on fake: there is no VPC ${vpc}`);
      },
      differs: ({ subnets }, { subnet }) =>
        subnet === undefined || subnets.includes(subnet)
          ? undefined
          : `it is there with ${subnets.join(", ")}, not ${subnet}`,
    }),
    firewalls: fakeFirewalls(cloud),
    volumes: fakeVolumes(cloud),
    keys: fakeNamed<"key", WantedKey>(cloud, {
      kind: "key",
      placeOf: () => "everywhere",
      make: ({ publicKey }) => ({ publicKey, fingerprint: fingerprintOf(publicKey) }),
      differs: ({ fingerprint }, { publicKey }) =>
        fingerprint === fingerprintOf(publicKey) ? undefined : `it is there with ${fingerprint}`,
    }),
  };
}

function fakeFirewalls(cloud: FakeCloud): Firewalls {
  const named = fakeNamed<"firewall", WantedFirewall>(cloud, {
    kind: "firewall",
    placeOf: (zone) => zone,
    make: ({ rules = SSH }) => ({
      defaults: { inbound: "drop", outbound: "accept" },
      rules,
      fixedRules: [],
      machines: 0,
    }),
    look: async (firewall) => ({ ...firewall, machines: await cloud.machinesBehind(firewall.id) }),
    differs: (firewall, { rules }) =>
      rules === undefined || isDeepStrictEqual(firewall.rules, rules)
        ? undefined
        : "it is there with other rules",
  });
  return {
    ...named,
    async setRules(id, zone, rules) {
      const firewall = (await named.list(zone)).find((one) => one.id === id);
      if (!firewall)
        throw new ProviderError("invalid_input", `set rules of firewall ${id} on fake: it is not there`);
      await cloud.changeNamed("firewall", id, { rules });
      return { ...firewall, rules };
    },
  };
}

const SSH: FirewallRule[] = ["0.0.0.0/0", "::/0"].map((range) => ({
  direction: "inbound",
  action: "accept",
  protocol: "tcp",
  range,
  ports: [22, 22],
}));

/** One of 4,096, by the id. */
function subnetOf(id: string): string {
  const chosen = Number.parseInt(id.slice(-3), 16);
  return `10.${chosen >> 4}.${(chosen & 15) * 16}.0/20`;
}

function fingerprintOf(publicKey: string): string {
  const blob = Buffer.from(publicKey.split(/\s+/)[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}
