import type { Resource, ResourceKind } from "../api/resource-kind.ts";
import type { Provider } from "../providers/provider.ts";
import type { WantedFirewall } from "../providers/resources/firewalls.ts";
import type { WantedKey } from "../providers/resources/keys.ts";
import type { WantedNetwork } from "../providers/resources/networks.ts";
import type { Resources } from "../providers/resources/resources.ts";
import type { WantedVolume } from "../providers/resources/volumes.ts";

export interface WantedResource {
  network: WantedNetwork;
  firewall: WantedFirewall;
  volume: WantedVolume;
  key: WantedKey;
}

/** What every kind can do; undefined: this cloud has none of it. */
export function resourcePort<K extends ResourceKind>(
  provider: Provider,
  kind: K,
): Resources<Resource[K], WantedResource[K]> | undefined {
  const ports: { [Each in ResourceKind]: Resources<Resource[Each], WantedResource[Each]> | undefined } = {
    network: provider.networks,
    firewall: provider.firewalls,
    volume: provider.volumes,
    key: provider.keys,
  };
  return ports[kind];
}
