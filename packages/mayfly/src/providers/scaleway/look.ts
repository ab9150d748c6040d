import type { Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";
import type { Found, FoundOrMade, Twin } from "./kind.ts";
import { oneOfName } from "./one-of-name.ts";
import { orAbsent } from "./or-absent.ts";
import type { RecentlyMade } from "./recently-made.ts";

export interface Look<Whole> {
  at(clients: Clients, id: string, place: string): Promise<Whole | undefined>;
  /** What this process remembers one by. */
  key(name: string, place: string): string;
  /** All of exactly this name. A list may show what is gone, and what this process made is there though no list shows it. */
  all(clients: Clients, name: string, place: string): Promise<Twin[]>;
  /** The one of this name that is meant, which is there; throws `Refused` when nobody knows which. */
  forName(clients: Clients, name: string, place: string): Promise<Meant<Whole> | undefined>;
}

export interface Meant<Whole> {
  meant: Whole;
  others: Twin[];
}

export function createLook<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
>(kind: FoundOrMade<Thing, Wanted, Whole>, recent: RecentlyMade): Look<Whole> {
  const look: Look<Whole> = {
    at: (clients, id, place) => orAbsent(() => kind.get(clients, id, place)),
    key: (name, place) => [kind.within ?? "", place, name].join("\n"),

    async all(clients, name, place) {
      const listed = await kind.named(clients, name, place);
      // The cloud takes a name for a part of one.
      const shown = listed.filter((each) => each.name === name);
      const id = recent.idOf(look.key(name, place));
      if (id === undefined || shown.some((each) => each.id === id)) return shown;
      const young = await look.at(clients, id, place);
      return young?.thing.name === name && !young.isHidden ? [...shown, young.thing] : shown;
    },

    async forName(clients, name, place) {
      let left = await look.all(clients, name, place);
      for (;;) {
        const one = oneOfName(left);
        if (one === undefined) return undefined;
        const meant = await look.at(clients, one.meant.id, place);
        if (meant !== undefined && !meant.isHidden) return { meant, others: one.younger };
        left = one.younger;
      }
    },
  };
  return look;
}
