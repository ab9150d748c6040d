import type { Where } from "../api/resource-commands.ts";
import type { Resource, ResourceKind } from "../api/resource-kind.ts";
import { checked } from "./checked.ts";
import { portFor } from "./port-for.ts";
import type { PlacedPort } from "./port-for.ts";
import type { Ports } from "./ports.ts";
import { refusals } from "./resource-refusals.ts";

/** By the cloud's id, or by name; refused, with what could have been meant, when there is none. */
export async function findResource<K extends ResourceKind>(
  ports: Pick<Ports, "accounts">,
  kind: K,
  reference: string,
  query: Where,
): Promise<PlacedPort<K> & { thing: Resource[K] }> {
  const { account, zone, port } = portFor(ports, kind, query);
  const thing = await checked(() => port.find(reference, zone));
  if (thing) return { account, zone, port, thing };
  const names = (await checked(() => port.list(zone))).map(({ name }) => name);
  throw refusals.notFound(kind, reference, { place: port.placeOf(zone), names, query });
}
