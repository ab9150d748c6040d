import { ScalewayCallError, waitUntil } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import type { MadeBy } from "../resources/resources.ts";
import type { Twin } from "./one-of-name.ts";
import { oneOfName } from "./one-of-name.ts";
import { attempt } from "./provider-error.ts";
import { VISIBILITY_GAP_MS } from "./visibility-gap.ts";

export interface SpareTwin extends Twin {
  /** Nobody uses it, and nothing is lost with it. */
  isSpare: boolean;
}

export interface NamedThings<Thing extends SpareTwin> {
  /** For messages: `make volume data on scaleway fr-par-1`. */
  what: string;
  /** All of that name. */
  look: () => Promise<Thing[]>;
  /** One call, which is not repeated. */
  make: () => Promise<Thing>;
  remove: (thing: Thing) => Promise<void>;
}

/**
 * The one of that name; made when there is none. One whose answer was lost is looked for until lists must show it.
 *
 * Younger ones that are to spare go, if this owner made them: an answer that came too late, or somebody else at the same
 * time, leaves one.
 */
export async function ensureNamed<Thing extends SpareTwin>(
  things: NamedThings<Thing>,
  by: MadeBy,
  clock: Clock,
): Promise<Thing> {
  const { what, look, remove } = things;
  let found = await attempt(what, async () => oneOfName(await look()));
  if (found === undefined) {
    by.fence?.();
    const made = await attempt(what, () => makeOrFind(things, by, clock));
    // A list may not show the new one yet.
    found = await attempt(what, async () => {
      const others = (await look()).filter(({ id }) => id !== made.id);
      return oneOfName([...others, made])!;
    });
  }
  const spare = found.younger.filter((twin) => twin.owner === by.owner && twin.isSpare);
  for (const twin of spare) await attempt(what, () => remove(twin));
  return found.meant;
}

async function makeOrFind<Thing extends SpareTwin>(
  { what, make, look }: NamedThings<Thing>,
  { signal }: MadeBy,
  clock: Clock,
): Promise<Thing> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ScalewayCallError) || error.kind !== "unavailable") throw error;
    const deadline = clock.monotonic() + VISIBILITY_GAP_MS;
    const { made } = await waitUntil(
      async () => {
        const made = oneOfName(await look())?.meant;
        return made !== undefined || clock.monotonic() >= deadline ? { made } : undefined;
      },
      { clock, signal, what, timeoutMs: VISIBILITY_GAP_MS, everyMs: 2_000 },
    );
    if (made === undefined) throw error;
    return made;
  }
}
