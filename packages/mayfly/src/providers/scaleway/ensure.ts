import { ScalewayCallError } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { MadeBy, Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";
import { discardDoubles } from "./discard-doubles.ts";
import { discardOne } from "./discard-one.ts";
import type { Found, FoundOrMade } from "./kind.ts";
import type { Look, Meant } from "./look.ts";
import type { RecentlyMade } from "./recently-made.ts";
import { Refused } from "../refused.ts";
import type { InTurn } from "./turns.ts";

const LOOK_EVERY_MS = 2_000;

/**
 * Finds or makes; who asks for the same name at the same time waits and finds. After a call of unknown outcome lists are
 * believed only when they must show what it made, also by the next attempt.
 */
export function createEnsure<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
>(
  kind: FoundOrMade<Thing, Wanted, Whole>,
  look: Look<Whole>,
  { recent, inTurn }: Memory,
): (clients: Clients, asked: Wanted, by: MadeBy) => Promise<Thing> {
  async function findInDoubt(
    clients: Clients,
    name: string,
    place: string,
  ): Promise<Meant<Whole> | undefined> {
    for (;;) {
      const doubtfulMs = recent.doubtfulMs(look.key(name, place));
      const found = await look.forName(clients, name, place);
      if (found !== undefined || doubtfulMs <= 0) return found;
      await clients.clock.sleep(Math.min(LOOK_EVERY_MS, doubtfulMs), clients.signal);
    }
  }

  async function make(clients: Clients, wanted: Wanted, by: MadeBy): Promise<Meant<Whole>> {
    const { name } = wanted;
    const place = kind.placeOf(wanted.zone);
    const key = look.key(name, place);
    const send = await kind.order(clients, wanted, by);
    by.fence?.();
    let id: string | undefined;
    let lost: unknown;
    try {
      id = await send();
      recent.accepted(key, id);
    } catch (error) {
      if (isRefusal(error)) throw error;
      lost = error;
      recent.inDoubt(key);
    }
    try {
      const found = await findInDoubt(clients, name, place);
      if (found !== undefined) return found;
    } catch (error) {
      if (id === undefined || !(error instanceof Refused)) throw error;
      // Somebody else's has come under this name too: ours would make it ambiguous for ever.
      await discardOne(clients, kind, { id, place });
      throw new ProviderError("conflict", "somebody else made one of this name at the same time");
    }
    throw lost ?? new ProviderError("conflict", "it was gone as soon as it was made");
  }

  return async (clients, asked, by) => {
    const wanted = kind.checked(asked);
    const { name } = wanted;
    const place = kind.placeOf(wanted.zone);
    return inTurn(look.key(name, place), async () => {
      clients.signal?.throwIfAborted();
      let found = await findInDoubt(clients, name, place);
      if (found === undefined) {
        const other = await kind.instead?.(clients, wanted, by);
        if (other !== undefined && (await look.at(clients, other.id, place)) !== undefined) return other;
        found = await make(clients, wanted, by);
      }
      const thing = await kind.settle(clients, found.meant, wanted, by);
      const { owner } = thing;
      if (owner === by.owner) {
        const since = clients.clock.now() - kind.doubleRestsMs;
        const old = found.others.filter(({ createdAt = 0 }) => createdAt <= since);
        await discardDoubles(clients, kind, { ...thing, owner }, old);
      }
      return thing;
    });
  };
}

/** What must outlive each attempt. */
interface Memory {
  recent: RecentlyMade;
  inTurn: InTurn;
}

/** The cloud said no, so nothing was made. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ScalewayCallError && error.kind !== "unavailable";
