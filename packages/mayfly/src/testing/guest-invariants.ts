import type { Instance } from "../lifecycle/instance.ts";
import type { InvariantsOptions } from "./invariants.ts";
import type { SimThing } from "./sim-cloud.ts";

export interface GuestInvariants {
  /** Told of each event of an instance that runs. */
  onRunning(id: string, things: SimThing[]): Promise<string[]>;
  /** Told of each of our machines after every step. */
  onMachine(thing: SimThing, now: number, calmSince: number): Promise<string[]>;
}

// Between two questions to a guest.
const LATE_REPORT_MS = 40_000;

/** What is promised of `ready`: nobody runs before his guest said so, and who failed is not waited for. */
export function createGuestInvariants(options: {
  rows: InvariantsOptions["rows"];
  promised: InvariantsOptions["promised"];
  mayEnd: (thing: SimThing) => boolean;
  lateMs: number;
}): GuestInvariants {
  const { rows, promised, mayEnd, lateMs } = options;
  const seenReady = new Set<string>();
  const seenMute = new Set<string>();
  const failedSince = new Map<string, number>();

  function mute(thing: SimThing): string[] {
    if (thing.bootedReporting !== false || seenMute.has(thing.id)) return [];
    seenMute.add(thing.id);
    return promised.reporting.has(thing.madeFor!) && !promised.meddledWith.has(thing.id)
      ? [`ready: ${thing.id} of ${thing.madeFor} was powered on without what reports`]
      : [];
  }

  // In calm, who failed is heard with the next question.
  async function failed(thing: SimThing, now: number, calmSince: number): Promise<string[]> {
    if (thing.guest !== "failed" || thing.state !== "alive") return [];
    if (!failedSince.has(thing.id)) failedSince.set(thing.id, now);
    const row: Instance | undefined = (await rows()).get(thing.madeFor!);
    if (row?.footprint.machine !== thing.id || row.spec.ready !== "cloud-init") return [];
    const late = now - Math.max(failedSince.get(thing.id)!, calmSince) - LATE_REPORT_MS - lateMs;
    return late > 0 && row.desired === "running" && row.readyAt === undefined && !mayEnd(thing)
      ? [`ready: ${row.id} is still waited for, ${late} ms too long after its guest failed`]
      : [];
  }

  return {
    async onRunning(id, things) {
      if (seenReady.has(id)) return [];
      seenReady.add(id);
      const row = (await rows()).get(id);
      if (!row || row.origin === "found" || row.spec.ready === "cloud") return [];
      const machine = things.find((thing) => thing.id === row.footprint.machine);
      return machine?.guest === "ready"
        ? []
        : [`ready: ${id} runs, and the guest of ${machine?.id} is ${machine?.guest ?? "not heard of"}`];
    },
    onMachine: async (thing, now, calmSince) => [...mute(thing), ...(await failed(thing, now, calmSince))],
  };
}
