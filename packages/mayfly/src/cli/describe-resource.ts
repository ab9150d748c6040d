import type { ResourceKind } from "../api/resource-kind.ts";
import type { ResourceView } from "../api/resource-view.ts";
import type { Context } from "./context.ts";
import { madeBy } from "./made-by.ts";
import type { KindOfResource } from "./resource-kind.ts";
import { localTime } from "./time-left.ts";

/** All that is known of a network, firewall, volume or key, for people. */
export function describeResource<K extends ResourceKind>(
  context: Context,
  of: KindOfResource<K>,
  thing: ResourceView<K>,
): string {
  const { createdAt } = thing;
  const lines: Record<string, string | undefined> = {
    id: thing.id,
    name: thing.name,
    ...of.lines(thing),
    place: thing.place,
    "made by": madeBy(thing),
    created: createdAt && localTime(createdAt, Date.now()),
  };
  return Object.entries(lines)
    .filter(([, value]) => value)
    .map(([label, value]) => `${context.style("dim", label.padEnd(11))}  ${value}`)
    .join("\n");
}
