import type { Where } from "../api/resource-commands.ts";
import type { Resource, ResourceKind } from "../api/resource-kind.ts";
import type { Resources } from "../providers/resources/resources.ts";
import { placeFor } from "./place-for.ts";
import type { Account, Ports } from "./ports.ts";
import { resourcePort } from "./resource-port.ts";
import type { WantedResource } from "./resource-port.ts";
import { refusals } from "./resource-refusals.ts";

export interface PlacedPort<K extends ResourceKind> {
  account: Account;
  zone: string;
  port: Resources<Resource[K], WantedResource[K]>;
}

/** Where things of this kind are asked for; refused where the cloud has none. */
export function portFor<K extends ResourceKind>(
  ports: Pick<Ports, "accounts">,
  kind: K,
  query: Where,
): PlacedPort<K> {
  const { account, zone } = placeFor(ports, query);
  const port = resourcePort(account.provider, kind);
  if (!port) throw refusals.unsupported(kind, account.provider.name);
  return { account, zone, port };
}
