import type { Named } from "../resources/resources.ts";
import type { Shareable } from "../resources/shareable.ts";
import type { Clients } from "./clients.ts";
import { underSignal } from "./clients.ts";
import { discardDoubles } from "./discard-doubles.ts";
import { isYounger } from "./is-younger.ts";
import { discardOne } from "./discard-one.ts";
import { createEnsure } from "./ensure.ts";
import type { Found, Kind } from "./kind.ts";
import { createLook } from "./look.ts";
import { attempt } from "./provider-error.ts";
import { createRecentlyMade } from "./recently-made.ts";
import { Refused } from "../refused.ts";
import { createTurns } from "./turns.ts";
import { isUuid } from "./uuid.ts";

/**
 * Find-or-create by exact names. When several have one name and one installation made them all, the oldest is meant: the
 * others are doubles that an interrupted attempt left, and `ensure` and `delete` remove those that nothing holds.
 */
export function createNamed<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
>(account: Clients, kind: Kind<Thing, Wanted, Whole>): Shareable<Thing, Wanted> {
  const { noun, placeOf } = kind;
  const recent = createRecentlyMade(account.clock);
  const look = createLook(kind, recent);
  const ensure = createEnsure(kind, look, { recent, inTurn: createTurns() });
  const isOfProject = ({ projectId }: Whole) => projectId === account.read.projectId;

  return {
    placeOf,

    list: (zone, { signal } = {}) =>
      attempt(`list ${noun}s of scaleway ${placeOf(zone)}`, () =>
        kind.list(underSignal(account, signal), placeOf(zone)),
      ),

    find: (reference, zone, { signal } = {}) =>
      attempt(`find ${noun} ${reference} on scaleway ${placeOf(zone)}`, async () => {
        const clients = underSignal(account, signal);
        const byId = isUuid(reference)
          ? await look.at(clients, reference.toLowerCase(), placeOf(zone))
          : undefined;
        if (byId !== undefined && isOfProject(byId) && !byId.isHidden) return byId.thing;
        return (await look.forName(clients, reference, placeOf(zone)))?.meant.thing;
      }),

    ensure: (wanted, by) =>
      attempt(`find or make ${noun} ${wanted.name} on scaleway ${placeOf(wanted.zone)}`, () =>
        ensure(underSignal(account, by.signal), wanted, by),
      ),

    discard: (id, zone, { signal } = {}) =>
      attempt(`discard ${noun} ${id} on scaleway ${placeOf(zone)}`, async () => {
        const clients = underSignal(account, signal);
        const found = await ofProject(clients, id, placeOf(zone));
        return found === undefined ? "gone" : discardOne(clients, kind, found.thing);
      }),

    delete: (id, zone, { signal } = {}) =>
      attempt(`delete ${noun} ${id} on scaleway ${placeOf(zone)}`, async () => {
        const clients = underSignal(account, signal);
        const found = await ofProject(clients, id, placeOf(zone));
        if (found === undefined) return;
        // The doubles go first: once it is gone, nothing leads to them.
        if (!found.isHidden) await endDoubles(clients, found.thing);
        await kind.remove(clients, found.thing);
      }),
  };

  async function endDoubles(clients: Clients, thing: Thing): Promise<void> {
    const { owner, name, place } = thing;
    if (owner === undefined) return;
    const others = await look.all(clients, name, place);
    // One that is older leads to those that are younger.
    if (others.some((each) => each.owner === owner && isYounger(thing, each))) return;
    await discardDoubles(clients, kind, { ...thing, owner }, others);
  }

  async function ofProject(clients: Clients, id: string, place: string): Promise<Whole | undefined> {
    const found = await look.at(clients, id, place);
    if (found !== undefined && !isOfProject(found))
      throw new Refused("it belongs to another project", "use the credentials of that project");
    return found;
  }
}
