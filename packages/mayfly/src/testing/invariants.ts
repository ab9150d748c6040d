import type { InstanceEvent } from "../lifecycle/instance.ts";
import type { Store } from "../store/store.ts";
import type { SimCloud, SimThing } from "./sim-cloud.ts";

/** What the user was promised: kept by the simulation, compared with what the system does. */
export interface Promised {
  /** Acknowledged creates, with the latest deadline that was accepted. */
  deadlines: Map<string, number>;
  /** Whose user asked for a stop or a delete: from then on its machine may be ended at any time. */
  endRequested: Set<string>;
}

// Three sweeps a minute apart, what they start, and the 30 s before anything counts as stray.
const PATIENCE_MS = 6 * 60_000;
// In calm, a deadline is acted upon at once: a sweep at most brings back a trust that was lost.
const LATE_MS = 75_000;

/** The promises, checked after every step of a simulated world. Each method returns what was broken. */
export function createInvariants(store: Store, cloud: SimCloud, promised: Promised) {
  let lastSeq = 0;
  const gone = new Set<string>();
  const heading = new Set<string>();
  const seenEnding = new Set<string>();
  const strayedSince = new Map<string, number>();

  async function onEvent(event: InstanceEvent, things: SimThing[]): Promise<string[]> {
    const broken: string[] = [];
    if (event.seq <= lastSeq) broken.push(`event ${event.seq} after ${lastSeq}`);
    lastSeq = event.seq;
    const id = event.instanceId;
    const deadline = promised.deadlines.get(id);
    if (event.kind === "expired" && deadline !== undefined && event.at < deadline)
      broken.push(`P2 never early: ${id} expired ${deadline - event.at} ms before its deadline`);
    if (heading.has(id) && event.phase !== "deleting" && event.phase !== "deleted")
      broken.push(`P8 exact deadlines: ${id} was revived from deleting to ${event.phase}`);
    if (event.phase === "deleting") heading.add(id);
    if (event.phase === "deleted") {
      gone.add(id);
      const left = things.filter((thing) => thing.madeFor === id && thing.state !== "gone");
      if (left.length > 0) broken.push(`P5 gone is gone: ${id} is deleted, yet ${describe(left)}`);
    }
    return broken;
  }

  return {
    /**
     * @param now the true time, whatever the processes' clocks say
     * @param calm no fault can happen any more, and has not for a while
     */
    async check(now: number, calm: boolean): Promise<string[]> {
      const things = cloud.things();
      const broken: string[] = [];
      for (const event of await store.events({ after: lastSeq, limit: 1_000 }))
        broken.push(...(await onEvent(event, things)));

      for (const thing of things) {
        if (thing.madeFor === undefined) {
          if (thing.state !== "alive")
            broken.push(`P7 hands off: ${thing.kind} ${thing.id} of somebody else was touched`);
          continue;
        }
        if (thing.kind !== "machine" || thing.state === "alive" || seenEnding.has(thing.id)) continue;
        seenEnding.add(thing.id);
        const row = await store.get(thing.madeFor);
        if (!row || row.footprint.machine !== thing.id || row.readyAt === undefined) continue;
        const deadline = promised.deadlines.get(row.id) ?? row.expiresAt;
        if (now < deadline && !promised.endRequested.has(row.id))
          broken.push(
            `P2 never early: ${thing.id} of ${row.id} was ended ${deadline - now} ms before its deadline`,
          );
      }

      if (calm)
        for (const id of promised.deadlines.keys()) {
          const row = await store.get(id);
          if (row?.desired === "running" && now > row.expiresAt + LATE_MS)
            broken.push(`P8 exact deadlines: ${id} runs ${now - row.expiresAt} ms after its deadline`);
        }

      const doubles = Map.groupBy(
        things.filter(
          (thing) => thing.kind === "machine" && thing.madeFor !== undefined && thing.state === "alive",
        ),
        (thing) => thing.madeFor!,
      );
      // Lists never lag beyond the declared gap here, so that not even a passing double is excused.
      for (const [id, machines] of doubles)
        if (machines.length > 1) broken.push(`P3 one machine: ${id} has ${describe(machines)}`);
      const strays = new Map<string, string>();
      for (const thing of things)
        if (thing.madeFor !== undefined && thing.state !== "gone" && gone.has(thing.madeFor))
          strays.set(`P1 no orphan: ${thing.id}`, describe([thing]));
      for (const key of strayedSince.keys()) if (!strays.has(key)) strayedSince.delete(key);
      for (const [key, what] of strays) {
        const since = calm ? (strayedSince.get(key) ?? now) : now;
        strayedSince.set(key, since);
        if (now - since > PATIENCE_MS)
          broken.push(`${key}: ${what} for ${Math.round((now - since) / 1000)} s`);
      }
      return broken;
    },

    /** At the very end, when everything should be over. */
    async conclude(): Promise<string[]> {
      const broken: string[] = [];
      for (const id of promised.deadlines.keys()) {
        const row = await store.get(id);
        if (!row) broken.push(`P4 accepted is kept: ${id} is not in the store`);
        else if (row.phase !== "deleted")
          broken.push(
            `P6 delete never gives up: ${id} is ${row.phase}: ${row.lastError?.message ?? row.reason}`,
          );
        else if (row.spec.userData !== undefined)
          broken.push(`P10 secrets stay: ${id} still has its user data`);
      }
      const left = cloud.things().filter((thing) => thing.madeFor !== undefined && thing.state !== "gone");
      if (left.length > 0) broken.push(`P1 no orphan: ${describe(left)} at the end`);
      return broken;
    },
  };
}

const describe = (things: SimThing[]) =>
  things.map(({ kind, id, madeFor }) => `${kind} ${id} (for ${madeFor})`).join(", ");
