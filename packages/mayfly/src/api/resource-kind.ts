import type { Firewall } from "../providers/resources/firewalls.ts";
import type { Key } from "../providers/resources/keys.ts";
import type { Network } from "../providers/resources/networks.ts";
import type { Volume } from "../providers/resources/volumes.ts";

/** What machines live among. Every kind has the same commands, and the same routes under its plural. */
export const resourceKinds = ["network", "firewall", "volume", "key"] as const;

export type ResourceKind = (typeof resourceKinds)[number];

export interface Resource {
  network: Network;
  firewall: Firewall;
  volume: Volume;
  key: Key;
}
