import type { Clock } from "../../clock.ts";
import { HORIZON_MS } from "./wake-jobs.ts";
import type { Wake, WakeJobs } from "./wake-jobs.ts";
import type { WakeRows } from "./wake-rows.ts";

export interface HealerOptions {
  jobs: WakeJobs;
  rows: WakeRows;
  clock: Clock;
  /** Whether this process has the instance in hand. */
  isKnown(id: string): boolean;
}

/** Finds rows whose job was lost, and brings those a job whose time comes nearer. */
export interface Healer {
  /** Does what is due of that: at first and every minute all, every two seconds what is overdue. Rejects when it could not. */
  look(): Promise<void>;
}

const COMPARE_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 2_000;
/** A row is overdue when a job would have been taken for long. */
const GRACE_MS = 1_000;
/** The clocks of the database and of this process may differ by so much before jobs are moved for it. */
const TOLERANCE_MS = 5_000;
const MOST_ROWS = 20_000;
const MOST_OVERDUE = 500;

export function createHealer({ jobs, rows, clock, isKnown }: HealerOptions): Healer {
  let compareAt = -Infinity;
  let lookAt = -Infinity;

  /** Every row that is due soon has a job, at its time or before. */
  async function compare(): Promise<void> {
    const now = clock.now();
    const upcoming = await rows.upcoming(now, now + HORIZON_MS, MOST_ROWS);
    const waiting = await jobs.waiting();
    const missing: Wake[] = [];
    const late: Wake[] = [];
    for (const { id, at } of upcoming) {
      if (isKnown(id) || at > now + HORIZON_MS) continue;
      const jobAt = waiting.get(id);
      if (jobAt === undefined) missing.push({ id, at, asked: false });
      else if (jobAt > Math.max(at, now) + TOLERANCE_MS) late.push({ id, at, asked: false });
    }
    await jobs.replace(late);
    await jobs.add(missing);
  }

  async function lookForOverdue(): Promise<void> {
    const now = clock.now();
    const until = now - GRACE_MS;
    const overdue = await rows.upcoming(now, until, MOST_OVERDUE);
    const missing = overdue.filter(({ id, at }) => at <= until && !isKnown(id));
    await jobs.add(missing.map((row) => ({ ...row, asked: false })));
  }

  return {
    async look() {
      if (jobs.broken()) {
        await jobs.repair();
        compareAt = -Infinity;
      }
      const monotonic = clock.monotonic();
      if (monotonic >= compareAt) {
        await compare();
        compareAt = monotonic + COMPARE_EVERY_MS;
      } else if (monotonic >= lookAt) await lookForOverdue();
      else return;
      lookAt = monotonic + LOOK_EVERY_MS;
    },
  };
}
