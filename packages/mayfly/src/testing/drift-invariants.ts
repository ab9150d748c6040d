import { markOf } from "../lifecycle/drift.ts";
import type { Instance, InstanceEvent } from "../lifecycle/instance.ts";
import type { Meddled } from "./promised.ts";
import type { SimThing } from "./sim-cloud.ts";

/** What somebody does to a machine by hand is told, and told before it is put right. */
export interface DriftInvariants {
  onEvent(event: InstanceEvent): void;
  check(things: readonly SimThing[], now: number, calmSince: number): Promise<string[]>;
}

const SWEEP_MS = 60_000;

export function createDriftInvariants(world: {
  rows: () => Promise<ReadonlyMap<string, Instance>>;
  /** What somebody did since the last time; it is taken out. */
  meddled: Meddled[];
  visibilityGapMs: number;
  lateMs: number;
  /** No process stands still, so that no call of ours arrives late, and clocks are right. */
  isExact: boolean;
  /** A machine that shuts itself down ends as its deadline says. */
  shutdownEnds: boolean;
}): DriftInvariants {
  const { rows, meddled, visibilityGapMs, lateMs, isExact, shutdownEnds } = world;
  const open = new Map<string, Meddled>();
  /** Machines whose guest shut them down, and whose deadline is to delete them. */
  const toEnd = new Map<string, string>();

  function expects({ verb, before, wasOn, at }: Meddled): boolean {
    // A call of ours that was under way may have put it right by chance.
    if (!isExact || at - before.actedAt < visibilityGapMs) return false;
    const { desired, phase } = before;
    if (verb === "start") return desired === "stopped" && phase === "stopped" && !wasOn;
    if (desired !== "running" || phase !== "running" || !wasOn) return false;
    return verb === "stop" || (verb === "remark" && before.marked === markOf(before));
  }

  function isPutRight({ verb, before }: Meddled, machine: SimThing): boolean {
    if (verb === "remark") return machine.deadline === markOf(before);
    return machine.power === (verb === "stop" ? "on" : "off");
  }

  return {
    onEvent({ kind, instanceId }) {
      if (kind !== "drift") return;
      for (const [machine, { before }] of open) if (before.id === instanceId) open.delete(machine);
    },
    async check(things, now, calmSince) {
      const broken: string[] = [];
      for (const [id, what] of open) {
        const row = (await rows()).get(what.before.id);
        const machine = things.find((thing) => thing.id === id);
        const { desired, expiresAt } = what.before;
        // Something else was asked for meanwhile, or its time is over.
        if (row?.desired !== desired || row.expiresAt !== expiresAt || machine?.state !== "alive") {
          open.delete(id);
          continue;
        }
        const about = `drift: ${what.verb} ${id} of ${row.id} by hand`;
        const untold = now - Math.max(calmSince, what.at);
        if (isPutRight(what, machine)) broken.push(`${about} was put right, and nobody was told`);
        else if (untold > SWEEP_MS + 2 * visibilityGapMs + lateMs)
          broken.push(`${about} was not noticed for ${Math.round(untold / 1000)} s`);
      }
      for (const { id, power, state } of things) {
        if (!toEnd.has(id) || (state !== "gone" && power !== "off")) continue;
        if (state !== "gone") broken.push(`shutdown: ${id} of ${toEnd.get(id)} was to end with its shutdown`);
        toEnd.delete(id);
      }
      // Only now: what was told by then is about what was done before.
      for (const what of meddled.splice(0)) {
        open.delete(what.machine);
        toEnd.delete(what.machine);
        const { verb, before, wasOn, machine } = what;
        if (shutdownEnds && verb === "shutdown" && wasOn && before.onExpiry === "delete")
          toEnd.set(machine, before.id);
        if (expects(what)) open.set(what.machine, what);
      }
      return broken;
    },
  };
}
