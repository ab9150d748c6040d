import type { Meter } from "./meter.ts";

/** What of an instance has a price of its own. */
export const PRICED = ["machine", "addresses", "volumes"] as const;
export type Priced = (typeof PRICED)[number];

/**
 * What an hour costs, in whole millionths of the currency's unit: of its machine while that is not stopped, of the IPv4
 * addresses that it has while it runs, of all volumes that are made for it, from first to last. Absent: no price list says
 * it; 0: there are none, or they are free.
 */
export interface Price extends Partial<Record<Priced, number>> {
  currency: "EUR" | "USD";
  /** Of when those prices are that the cloud itself does not say: `2025-12`. */
  pricesOf?: string;
}

/** What an instance costs, and how long it has had what costs. */
export interface Cost extends Readonly<Record<Priced, Meter>> {
  /** Taken once: a list that changes later changes nothing. Absent: nobody could say it. */
  price?: Price;
}
