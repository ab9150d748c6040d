import type { MadeBy, Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";

/** What is particular to one kind of thing that has a name; `createNamed` makes a port of it. */
export interface Kind<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
> extends FoundOrMade<Thing, Wanted, Whole> {
  list(clients: Clients, place: string): Promise<Thing[]>;
  /** Frees it first, or waits until it is free. */
  remove(clients: Clients, thing: Thing): Promise<void>;
}

/** What it takes to find one by its name, or to make it. */
export interface FoundOrMade<
  Thing extends Named,
  Wanted extends { name: string; zone: string },
  Whole extends Found<Thing>,
> {
  /** For messages: `network`. */
  noun: string;
  placeOf(zone: string): string;
  /** What is wanted, in the cloud's own spelling; throws `Refused` when there can be no such thing. */
  checked(wanted: Wanted): Wanted;
  /** All of this name in the project, and maybe others: every page, or a throw. */
  named(clients: Clients, name: string, place: string): Promise<Twin[]>;
  /** Asked for by itself, since a list may show what is gone. Throws with kind `not_found`, or knows that it is not there. */
  get(clients: Clients, id: string, place: string): Promise<Whole | undefined>;
  /** Completes what an interrupted attempt began. Throws `Refused` when it is not as wanted. */
  settle(clients: Clients, found: Whole, wanted: Wanted, by: MadeBy): Promise<Thing>;
  /** What serves as well under another name. */
  instead?(clients: Clients, wanted: Wanted, by: MadeBy): Promise<Thing | undefined>;
  /** Finds what the order names; what it returns is the one call that makes the thing, to its id. */
  order(clients: Clients, wanted: Wanted, by: MadeBy): Promise<() => Promise<string>>;
  /** One call, which the cloud refuses while something holds the thing. */
  discard(clients: Clients, id: string, place: string): Promise<unknown>;
  /** How long who was told the id of a double may still be on its way to it. */
  doubleRestsMs: number;
  /** What names are told apart by besides the place. */
  within?: string;
}

/** One of several that may have one name. */
export interface Twin extends Named {
  /** False when something would be lost with it. @default true */
  isSpare?: boolean;
}

export interface Found<Thing> {
  thing: Thing;
  projectId: string;
  /** Neither its name nor its id leads to it: it belongs to one instance alone, or is about to be gone. @default false */
  isHidden?: boolean;
}
