import type { Clock } from "../../clock.ts";
import { ProviderError } from "../error.ts";
import type { MadeBy, Named } from "../resources/resources.ts";
import type { Shareable } from "../resources/shareable.ts";
import { attempt } from "./attempt.ts";
import { errorCode } from "./error-code.ts";
import type { Kind } from "./kind.ts";
import { Refused } from "../refused.ts";
import { VISIBILITY_GAP_MS } from "./visibility-gap.ts";

const LOOK_EVERY_MS = 2_000;
const FREE_WITHIN_MS = 120_000;

/**
 * Find-or-create by exact names. The cloud keeps names of groups and keys from being there twice. A volume or a network may
 * be, when an attempt came before lists showed what one before it had made: the oldest is meant, and the others go with it.
 */
export function createNamed<Thing extends Named, Wanted extends { name: string; zone: string }>(
  kind: Kind<Thing, Wanted>,
  clock: Clock,
): Shareable<Thing, Wanted> {
  const { noun, placeOf } = kind;
  const on = (what: string, zone: string) => `${what} on aws ${placeOf(zone)}`;
  const byName = async (name: string, zone: string, signal?: AbortSignal) =>
    meantOf((await kind.list(placeOf(zone), signal)).filter((thing) => thing.name === name));
  const byId = async (id: string, zone: string, signal?: AbortSignal) =>
    (await kind.list(placeOf(zone), signal)).find((thing) => thing.id === id);

  /** What was accepted is shown in a moment; what nobody knows of may be, until lists must show it. */
  async function make(wanted: Wanted, by: MadeBy): Promise<Thing> {
    const send = await kind.order(wanted, by);
    by.fence?.();
    let lost: unknown;
    try {
      await send();
    } catch (error) {
      if (!mayBeThere(error)) throw error;
      lost = error;
    }
    const deadline = clock.monotonic() + VISIBILITY_GAP_MS;
    for (;;) {
      const found = await byName(wanted.name, wanted.zone, by.signal);
      if (found !== undefined) return found;
      if (clock.monotonic() >= deadline)
        throw lost ?? new ProviderError("conflict", "it was gone as soon as it was made");
      await clock.sleep(LOOK_EVERY_MS, by.signal);
    }
  }

  return {
    placeOf,

    list: (zone, { signal } = {}) =>
      attempt(on(`list ${noun}s`, zone), () => kind.list(placeOf(zone), signal)),

    find: (reference, zone, { signal } = {}) =>
      attempt(
        on(`find ${noun} ${reference}`, zone),
        async () => (await byId(reference, zone, signal)) ?? byName(reference, zone, signal),
      ),

    ensure: (wanted, by) =>
      attempt(on(`find or make ${noun} ${wanted.name}`, wanted.zone), async () => {
        const found = (await byName(wanted.name, wanted.zone, by.signal)) ?? (await make(wanted, by));
        expectLasting(found, by);
        const thing = await kind.settle(found, wanted, by);
        if (by.onDemand || !thing.onDemand) return thing;
        by.fence?.();
        await kind.keep(thing);
        return { ...thing, onDemand: false };
      }),

    discard: (id, zone, { signal } = {}) =>
      attempt(on(`discard ${noun} ${id}`, zone), async () => {
        const thing = await byId(id, zone, signal);
        if (thing === undefined) return "gone";
        return removed(thing);
      }),

    delete: (id, zone, { signal } = {}) =>
      attempt(on(`delete ${noun} ${id}`, zone), async () => {
        await endDoubles(id, zone, signal);
        const deadline = clock.monotonic() + FREE_WITHIN_MS;
        for (;;) {
          const thing = await byId(id, zone, signal);
          if (thing === undefined || (await removed(thing)) === "gone") return;
          if (clock.monotonic() >= deadline)
            throw new ProviderError("conflict", "something still holds it; delete that first");
          await clock.sleep(5_000, signal);
        }
      }),
  };

  /** They go first: once the one that is meant is gone, nothing leads to them. What holds one keeps it. */
  async function endDoubles(id: string, zone: string, signal?: AbortSignal): Promise<void> {
    const all = (await kind.list(placeOf(zone), signal)).toSorted(olderFirst);
    const thing = all.find((one) => one.id === id);
    if (thing?.owner === undefined) return;
    const [meant, ...doubles] = all.filter(({ name, owner }) => name === thing.name && owner === thing.owner);
    // One that is older leads to those that are younger; what somebody asked for by itself outlives what an instance wanted.
    if (meant !== thing) return;
    for (const double of doubles)
      if ((kind.isSpare?.(double) ?? true) && (double.onDemand || !thing.onDemand)) await removed(double);
  }

  async function removed(thing: Thing): Promise<"gone" | "in use"> {
    try {
      await kind.remove(thing);
      return "gone";
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.name.endsWith("NotFound")) return "gone";
      if (error.name === "DependencyViolation" || error.name.endsWith("InUse")) return "in use";
      throw error;
    }
  }
}

/** No answer, or one that says that somebody was first. */
function mayBeThere(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name.endsWith("Duplicate") || error.name === "InvalidSubnet.Conflict") return true;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return errorCode(error.name, status) === "unavailable";
}

/** The oldest, when one installation made them all; whose mark is missing is somebody else's, and nobody knows which is meant. */
function meantOf<Thing extends Named>(all: readonly Thing[]): Thing | undefined {
  const [meant, ...others] = all.toSorted(olderFirst);
  const areOurs = meant?.owner !== undefined && others.every(({ owner }) => owner === meant.owner);
  if (others.length > 0 && !areOurs)
    throw new Refused(
      `${all.length} have this name: ${all.map(({ id }) => id).join(", ")}`,
      "go by the id, or leave only one of them",
    );
  return meant;
}

/** Of some the cloud does not say when they were made. */
const olderFirst = (a: Named, b: Named): number =>
  (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.id < b.id ? -1 : 1);

/** What goes with the last instance of another installation is nothing to rely on. */
function expectLasting({ id, onDemand, owner }: Named, by: MadeBy): void {
  if (onDemand && owner !== by.owner)
    throw new Refused(
      `${id} has this name, and installation ${owner} removes it with its own last instance`,
      "delete it, or choose another name",
    );
}
