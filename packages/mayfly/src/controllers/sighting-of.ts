import type { Instance } from "../lifecycle/instance.ts";
import type { Kind, Sighting } from "../lifecycle/observed.ts";
import type { Look } from "./look.ts";
import { observedOf } from "./observed-of.ts";

const KINDS = ["machine", "volume", "address"] as const;

/** What looks say of one instance, to be read elsewhere. @param seen the look at a kind of thing, if there is one that counts */
export function sightingOf(row: Instance, seen: (kind: Kind) => Look | undefined): Sighting {
  const { volume, address } = observedOf(row, seen);
  const parts = [...(volume?.parts ?? []), ...(address?.parts ?? [])];
  const holders = parts.flatMap(({ attachedTo }) => attachedTo ?? []);
  const looks: Sighting["looks"] = {};
  for (const kind of KINDS) {
    const look = seen(kind);
    if (look) looks[kind] = look.of(row, holders);
  }
  return { instanceId: row.id, actedAt: row.actedAt, looks };
}
