import { PRICED } from "./cost.ts";
import type { Price, Priced } from "./cost.ts";
import type { Instance } from "./instance.ts";
import { readMs } from "./meter.ts";

/** In millionths of the currency's unit. */
export interface CostFigures {
  currency: Price["currency"];
  pricesOf?: string;
  /** As it is now: a stopped machine costs its volumes, and what is gone nothing. */
  perHour: number;
  soFar: number;
  /** When its deadline comes, or the end of its retention once that has begun, and nothing else is asked for until then. */
  atDeadline: number;
  /** What is in none of these figures, since no price list has it. */
  unpriced: Priced[];
}

const HOUR_MS = 3_600_000;

/** Undefined: nobody knows. */
export function costOf(row: Instance, now: number): CostFigures | undefined {
  const { cost, desired } = row;
  const price = cost?.price;
  if (!cost || !price) return undefined;
  const rateOf = (has: (part: Priced) => boolean) =>
    PRICED.reduce((sum, part) => sum + (has(part) ? (price[part] ?? 0) : 0), 0);
  /** What it has, or is about to have, when it has come to what it is heading for. */
  const heading = (part: Priced) => desired === "running" || (desired === "stopped" && part === "volumes");

  const soFar = PRICED.reduce(
    (sum, part) => sum + Math.round(((price[part] ?? 0) * readMs(cost[part], now)) / HOUR_MS),
    0,
  );
  const left = Math.max(0, (row.retainUntil ?? row.expiresAt) - now);
  return {
    currency: price.currency,
    pricesOf: price.pricesOf,
    perHour: rateOf((part) => heading(part) || cost[part].since !== undefined),
    soFar,
    atDeadline: soFar + Math.round((rateOf(heading) * left) / HOUR_MS),
    unpriced: PRICED.filter((part) => price[part] === undefined),
  };
}
