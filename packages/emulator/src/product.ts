import type { Kind } from "./inventory.ts";
import type { Incoming } from "./http/dispatch.ts";
import type { Match } from "./http/router.ts";
import type { Route } from "./http/route.ts";
import type { Row } from "./table.ts";
import type { Steps } from "./world.ts";

/** One product of the cloud, in its own folder. */
export interface Product {
  readonly routes: readonly Route[];
  /** Finds the route of a request that is told by more than its path. @default there are none */
  readonly match?: (incoming: Incoming, url: URL) => Match | undefined;
  /** What time does to its objects. @default nothing */
  readonly steps?: Steps;
  /** By table. */
  readonly holds?: Readonly<Record<string, Holding>>;
}

/** What a table holds, for those who ask what was left behind and what it cost. */
export interface Holding {
  readonly kind: Kind;
  /** Euros an hour, in the state in which the row is. @default free */
  price?(row: never): number;
  /** What the row has for a while, and what that costs by itself. @default nothing */
  lent?(row: never): Lent | undefined;
  /** Made by the cloud itself: nobody left it behind. @default false */
  own?(row: never): boolean;
}

export interface Lent {
  readonly kind: Kind;
  readonly id: string;
  /** Euros an hour. */
  readonly price: number;
}

/** What a table holds, with its rows' type kept to where it is written. */
export function holding<R extends Row>(given: {
  kind: Kind;
  price?: (row: R) => number;
  lent?: (row: R) => Lent | undefined;
  own?: (row: R) => boolean;
}): Holding {
  return given as Holding;
}
