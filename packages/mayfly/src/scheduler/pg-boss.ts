import type { Clock } from "../clock.ts";
import { createHands } from "./hands.ts";
import { createNap } from "./nap.ts";
import { createHealer } from "./pg-boss/healer.ts";
import type { Wake, WakeJobs } from "./pg-boss/wake-jobs.ts";
import type { WakeRows } from "./pg-boss/wake-rows.ts";
import type { Scheduler } from "./scheduler.ts";

export interface PgBossSchedulerOptions {
  jobs: WakeJobs;
  rows: WakeRows;
  clock: Clock;
  /** Whether every write of a row writes its job too, so that a wake for a time to come has nothing left to do. @default false */
  jobsComeWithRows?: boolean;
  /** How many instances are handled at once. @default 32 */
  concurrency?: number;
}

const POLL_MS = 500;
const RETRY_MS = 1_000;
const MOST_AT_ONCE = 100;

/**
 * Wakes instances by pg-boss's jobs, which any process may take. A job is dropped as soon as it is taken: from the claim
 * on there is one at the lease's end, and what is lost between the two is found again by the healer.
 */
export function createPgBossScheduler(options: PgBossSchedulerOptions): Scheduler {
  const { jobs, rows, clock, jobsComeWithRows = false, concurrency = 32 } = options;
  const nap = createNap(clock);
  const hands = createHands(concurrency, () => {
    if (hands.count() === concurrency - 1) hurry();
  });
  const healer = createHealer({ jobs, rows, clock, isKnown: hands.has });
  let hurried = false;
  let looping: Promise<void> | undefined;
  let stopped = false;

  function hurry(): void {
    hurried = true;
    nap.cutShort();
  }

  async function loop(onError: (error: unknown) => void): Promise<void> {
    while (!stopped) {
      hurried = false;
      let restMs: number | undefined;
      try {
        await healer.look();
        if (!(await fetched()) && !hurried) restMs = POLL_MS;
      } catch (error) {
        // Nothing is lost with it: the rows are there, and so is the next look.
        onError(error);
        restMs = RETRY_MS;
      }
      if (restMs !== undefined && !stopped) await nap.sleep(restMs);
    }
  }

  /** Whether there may be more. */
  async function fetched(): Promise<boolean> {
    const limit = Math.min(MOST_AT_ONCE, concurrency - hands.count());
    if (limit <= 0) return false;
    const taken = await jobs.take(limit);
    if (taken.length === 0) return false;
    const held = await rows.heldUntil(
      taken.map(({ instanceId }) => instanceId),
      clock.now(),
    );
    if (stopped) return false;
    const later: Wake[] = [];
    for (const { instanceId: id, asked } of taken) {
      const heldUntil = held.get(id);
      // Whoever asks while it is handled here has it handled once more.
      if (heldUntil === undefined || (asked && hands.handles(id))) hands.take(id);
      // Its holder works on, here or elsewhere: it may still die, or was asked for something.
      else later.push({ id, at: heldUntil, asked });
    }
    await jobs.replace(later);
    await jobs.drop(taken);
    return taken.length === limit;
  }

  /** The rows are written: without their jobs they are late, and the healer's. */
  const replace = (wakes: readonly Wake[]) => jobs.replace(wakes).catch(jobs.failed);

  async function wakeNow(ids: readonly string[]): Promise<void> {
    if (stopped) return;
    const [at, elsewhere] = [clock.now(), ids.filter((id) => !hands.handles(id))];
    for (const id of ids) if (hands.handles(id)) hands.take(id);
    if (elsewhere.length === 0) return;
    await replace(elsewhere.map((id) => ({ id, at, asked: true })));
    hurry();
  }

  return {
    async start(handle, onError) {
      if (looping) throw new Error("start the scheduler: it was started before");
      hands.begin(handle, onError);
      looping = loop(onError);
    },
    async wake(id, at) {
      if (stopped) return;
      if (at <= clock.now()) await wakeNow([id]);
      else if (!jobsComeWithRows) await replace([{ id, at, asked: false }]);
    },
    wakeNow,
    async stop() {
      stopped = true;
      nap.cutShort();
      await Promise.all([looping, hands.end()]);
    },
  };
}
