import { createAgenda } from "./agenda.ts";
import type { Agenda } from "./agenda.ts";
import type { Bill } from "./bill.ts";
import type { Guest } from "./guest.ts";
import type { Random } from "./random.ts";
import { createStore } from "./store.ts";
import type { Store } from "./store.ts";

/** All that exists, and what will happen to it. */
export interface World {
  readonly now: () => number;
  readonly random: Random;
  readonly store: Store;
  readonly agenda: Agenda;
  readonly timeScale: number;
  readonly projectId: string;
  readonly strictProjects: boolean;
  readonly nicDeleteV2alpha1: "allow" | "refuse";
  readonly bill: Bill;
  readonly guest: Guest;
}

/** Carries out one state change that fell due at `at`. */
type Step = (world: World, id: string, at: number, epoch: number) => void;
export type Steps = Readonly<Record<string, Step>>;

/** A duration in milliseconds: `[shortest, longest]`; the shorter ones are the commoner. */
export type Span = readonly [number, number];

export function createWorld(options: Omit<World, "store" | "agenda">): World {
  const store = createStore((table, before, after, at) => options.bill.note(table, { before, after, at }));
  return { ...options, store, agenda: createAgenda() };
}

/** Plans a step for `span` after `from`. */
export function plan(
  world: World,
  due: { step: string; id: string; epoch: number; from: number; span: Span },
): void {
  const [least, most] = due.span;
  const ms = least + (most - least) * world.random.float() ** 3;
  world.agenda.add({
    at: due.from + Math.round(ms / world.timeScale),
    step: due.step,
    id: due.id,
    epoch: due.epoch,
  });
}

/** Brings everything up to the clock, in the order in which it fell due; says whether anything changed. */
export function settle(world: World, steps: Steps): boolean {
  const now = world.now();
  let changed = false;
  for (let due = world.agenda.take(now); due; due = world.agenda.take(now)) {
    steps[due.step]?.(world, due.id, due.at, due.epoch);
    changed = true;
  }
  return changed;
}
