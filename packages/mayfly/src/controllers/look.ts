import type { Instance } from "../lifecycle/instance.ts";
import type { Inventory, Machine, Part, SeenOf } from "../lifecycle/observed.ts";

/** One complete look at one kind of thing in one zone, indexed. */
export interface Look {
  at: number;
  monotonic: number;
  /** Every machine that carries the instance's mark, and the one with this id. */
  machinesOf(instanceId: string, machineId: string | undefined): Machine[];
  /** Those of these machines that are marked for another instance. */
  othersOf(instanceId: string, machineIds: Iterable<string>): string[];
  /** What asking for that machine by its id brought; undefined when nobody asked, or the list has it. */
  byId(machineId: string | undefined): "absent" | "unmarked" | undefined;
  /**
   * The parts with these ids and those that carry the instance's mark. Undefined when one of the ids was not asked for:
   * a part without a mark that nobody asked for is not shown, which says nothing about whether it is there.
   */
  partsOf(instanceId: string, ids: string[]): { at: number; parts: Part[] } | undefined;
  /** All that it says of this instance; `holders` are machines that hold parts of it. */
  of(row: Instance, holders: readonly string[]): SeenOf;
}

/** @param asked the ids of unmarked parts, or of machines, that this look was asked for */
export function lookOf(inventory: Inventory, asked: ReadonlySet<string>, monotonic: number): Look {
  const machinesByInstance = Map.groupBy(inventory.machines, ({ instanceId }) => instanceId);
  const machinesById = new Map(inventory.machines.map((machine) => [machine.id, machine]));
  const partsByInstance = Map.groupBy(inventory.parts, ({ instanceId }) => instanceId);
  const partsById = new Map(inventory.parts.map((part) => [part.id, part]));
  return {
    at: inventory.startedAt,
    monotonic,
    machinesOf(instanceId, machineId) {
      const marked = machinesByInstance.get(instanceId) ?? [];
      const known = machineId === undefined ? undefined : machinesById.get(machineId);
      return known && !marked.includes(known) ? [...marked, known] : marked;
    },
    othersOf: (instanceId, machineIds) =>
      [...machineIds].filter((id) => (machinesById.get(id)?.instanceId ?? instanceId) !== instanceId),
    byId(machineId) {
      if (machineId === undefined || !asked.has(machineId) || machinesById.has(machineId)) return undefined;
      return inventory.strangers?.includes(machineId) ? "unmarked" : "absent";
    },
    partsOf(instanceId, ids) {
      if (!ids.every((id) => asked.has(id))) return undefined;
      const known = ids.flatMap((id) => partsById.get(id) ?? []);
      return {
        at: inventory.startedAt,
        parts: [...new Set([...(partsByInstance.get(instanceId) ?? []), ...known])],
      };
    },
    of(row, holders) {
      const { machine, volumes, addresses } = row.footprint;
      const machines = [row.holder, machine].filter((id) => id !== undefined);
      const parts = [...volumes.map(({ id }) => id), ...addresses];
      const withIds = <T>(byId: Map<string, T>, ids: readonly string[]) =>
        ids.flatMap((id) => byId.get(id) ?? []);
      return {
        inventory: {
          startedAt: inventory.startedAt,
          machines: unique(machinesByInstance.get(row.id), withIds(machinesById, [...machines, ...holders])),
          parts: unique(partsByInstance.get(row.id), withIds(partsById, parts)),
          strangers: machines.filter((id) => inventory.strangers?.includes(id)),
        },
        asked: [...machines, ...parts].filter((id) => asked.has(id)),
      };
    },
  };
}

const unique = <T>(some: readonly T[] = [], more: readonly T[]): T[] => [...new Set([...some, ...more])];
