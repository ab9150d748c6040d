import type { MadeBy, Named } from "../resources/resources.ts";

/** What is particular to one kind of thing that has a name; `createNamed` makes a port of it. */
export interface Kind<Thing extends Named, Wanted extends { name: string; zone: string }> {
  /** For messages: `network`. */
  noun: string;
  /** A region or a zone. */
  placeOf(zone: string): string;
  /** All that there are in that place: every page, or a throw. */
  list(place: string, signal?: AbortSignal): Promise<Thing[]>;
  /** Looks up what the order names; what it returns is the one call that makes the thing. Throws `Refused`. */
  order(wanted: Wanted, by: MadeBy): Promise<() => Promise<unknown>>;
  /** Completes what an interrupted attempt began. Throws `Refused` when it is not as wanted. */
  settle(found: Thing, wanted: Wanted, by: MadeBy): Promise<Thing>;
  /** Takes back that an instance wanted it: now somebody wants it by itself. */
  keep(found: Thing): Promise<unknown>;
  /** False when something would be lost with it, were it a double. @default true */
  isSpare?(thing: Thing): boolean;
  /** One call, which the cloud refuses while something holds the thing. */
  remove(thing: Thing): Promise<unknown>;
}
