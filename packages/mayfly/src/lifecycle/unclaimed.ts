import type { Instance } from "./instance.ts";
import type { Inventory, Machine, Part } from "./observed.ts";

/** Something that carries our mark and that no live instance answers for. */
export type Unclaimed =
  | { key: string; machine: Machine; part?: never }
  | { key: string; part: Part; machine?: never };

export interface Living {
  byId: ReadonlyMap<string, Instance>;
  /** By the id of anything in a footprint. */
  byCloudId: ReadonlyMap<string, Instance>;
}

/** What in this inventory nobody claims and is older than `minAgeMs`. The rows must have been read after the inventory. */
export function unclaimed(
  inventory: Inventory,
  living: Living,
  at: { now: number; minAgeMs: number },
): Unclaimed[] {
  const old = (thing: { createdAt: number }) => at.now - thing.createdAt >= at.minAgeMs;
  const mine = new Set(
    inventory.machines.filter((machine) => claimsMachine(living, machine)).map(({ id }) => id),
  );
  return [
    ...inventory.machines
      .filter((machine) => old(machine) && !mine.has(machine.id))
      .map((machine) => ({ key: `machine/${machine.id}`, machine })),
    ...inventory.parts
      // What we made for no instance lives by itself: somebody asked for it by its name.
      .filter((part) => part.owner !== undefined && part.instanceId !== undefined)
      .filter((part) => old(part) && !claimsPart(living, part, mine))
      // What hangs on an unclaimed machine goes with that machine's row.
      .filter((part) => part.attachedTo === undefined)
      .map((part) => ({ key: `${part.kind}/${part.id}`, part })),
  ];
}

function claimsMachine({ byId, byCloudId }: Living, machine: Machine): boolean {
  if (byCloudId.has(machine.id)) return true;
  const row = byId.get(machine.instanceId);
  // A create under way may have made it; a delete under way takes every machine of its mark.
  return row !== undefined && (undecided(row) || row.desired === "gone");
}

function claimsPart({ byId, byCloudId }: Living, part: Part, mine: ReadonlySet<string>): boolean {
  if (byCloudId.has(part.id) || (part.attachedTo !== undefined && mine.has(part.attachedTo))) return true;
  const row = part.instanceId === undefined ? undefined : byId.get(part.instanceId);
  return row !== undefined && (undecided(row) || row.desired === "gone");
}

const undecided = (row: Instance) => row.launch !== undefined && row.launch.confirmedAt === undefined;
