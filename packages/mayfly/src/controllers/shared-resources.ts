import type { InstanceSpec, SharedThing } from "../lifecycle/instance.ts";
import type { Provider } from "../providers/provider.ts";
import type { MadeBy, Named } from "../providers/resources/resources.ts";

/** One kind of thing that instances share, whatever else its port can do. */
export interface SharedResources {
  placeOf(zone: string): string;
  list(zone: string, options?: { signal?: AbortSignal }): Promise<Named[]>;
  ensure(spec: InstanceSpec, name: string, by: MadeBy): Promise<Named>;
  discard(id: string, zone: string, options?: { signal?: AbortSignal }): Promise<"gone" | "in use">;
}

/** Undefined: this cloud has no such thing. */
export function sharedResources(provider: Provider, kind: SharedThing["kind"]): SharedResources | undefined {
  switch (kind) {
    case "network": {
      const { networks } = provider;
      return networks && { ...networks, ensure: ({ zone }, name, by) => networks.ensure({ name, zone }, by) };
    }
    case "firewall": {
      const { firewalls } = provider;
      return (
        firewalls && { ...firewalls, ensure: ({ zone }, name, by) => firewalls.ensure({ name, zone }, by) }
      );
    }
    case "key": {
      const { keys } = provider;
      const publicKeyOf = ({ sshKeys = [] }: InstanceSpec, wanted: string) =>
        sshKeys.find(({ name }) => name === wanted)!.publicKey;
      return (
        keys && {
          ...keys,
          ensure: (spec, name, by) =>
            keys.ensure({ name, zone: spec.zone, publicKey: publicKeyOf(spec, name) }, by),
        }
      );
    }
    default:
      return kind satisfies never;
  }
}

/** What a spec names that other instances may want too. */
export function sharedBy({
  network,
  firewall,
  sshKeys = [],
}: InstanceSpec): Pick<SharedThing, "kind" | "name">[] {
  return [
    ...(network === undefined ? [] : [{ kind: "network" as const, name: network }]),
    ...(firewall === undefined ? [] : [{ kind: "firewall" as const, name: firewall }]),
    ...sshKeys.map(({ name }) => ({ kind: "key" as const, name })),
  ];
}
