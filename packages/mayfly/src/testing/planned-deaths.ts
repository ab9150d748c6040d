import type { Instance } from "../lifecycle/instance.ts";
import type { Wish } from "./kill-plan.ts";

/** When a service has to be dead, so that deadlines find it so. */
export interface PlannedDeaths {
  /** What the rows say of those deadlines. */
  learn(rows: readonly Instance[]): void;
  /** How long from `now` on it may live; `Infinity` when no such deadline is ahead. */
  mayLiveMs(now: number): number;
  /** How long from `now` on it stays dead; 0 when it has time for one more life first. */
  staysDeadMs(now: number): number;
  /** How long from `now` on the last of them takes. */
  untilAllMs(now: number): number;
}

/** A life that has less than this ahead might not even come to answer. */
const SHORTEST_LIFE_MS = 2_500;

export function plannedDeaths(wishes: readonly Wish[]): PlannedDeaths {
  const missed = new Map(wishes.flatMap(({ input, missed }) => (missed ? [[input.name, missed]] : [])));
  const deaths = new Map<string, { from: number; until: number }>();
  const next = (now: number) =>
    [...deaths.values()].filter(({ until }) => until > now).sort((a, b) => a.from - b.from)[0];
  return {
    learn(rows) {
      for (const { name, expiresAt } of rows) {
        const by = missed.get(name);
        if (by) deaths.set(name, { from: expiresAt - by.beforeMs, until: expiresAt + by.afterMs });
      }
    },
    mayLiveMs: (now) => Math.max(0, (next(now)?.from ?? Infinity) - now),
    staysDeadMs(now) {
      const death = next(now);
      return death && death.from - now < SHORTEST_LIFE_MS ? death.until - now : 0;
    },
    untilAllMs: (now) => Math.max(0, ...[...deaths.values()].map(({ until }) => until - now)),
  };
}
