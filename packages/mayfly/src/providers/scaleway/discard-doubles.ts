import type { Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";
import { discardOne } from "./discard-one.ts";
import { isYounger } from "./is-younger.ts";
import type { Found, FoundOrMade, Twin } from "./kind.ts";

/**
 * Removes what an interrupted attempt of the same installation left under the same name, as far as nothing holds it. What
 * somebody asked for by itself doesn't go in favour of what an instance wanted.
 *
 * @param kept has an owner.
 */
export async function discardDoubles<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
>(
  clients: Clients,
  kind: FoundOrMade<Thing, Wanted, Whole>,
  kept: Named & { owner: string },
  others: readonly Twin[],
): Promise<void> {
  const doubles = others.filter(
    (each) =>
      each.owner === kept.owner &&
      isYounger(each, kept) &&
      each.isSpare !== false &&
      (each.onDemand || !kept.onDemand),
  );
  for (const double of doubles) await discardOne(clients, kind, double);
}
