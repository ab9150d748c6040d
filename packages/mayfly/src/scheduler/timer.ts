import type { Clock } from "../clock.ts";
import type { DueRows, Scheduler } from "./scheduler.ts";
import { createHands } from "./hands.ts";
import { createNap } from "./nap.ts";
import { createRests } from "./timer/rests.ts";

export interface TimerSchedulerOptions {
  rows: DueRows;
  clock: Clock;
  /** How many instances are handled at once. @default 1000 */
  concurrency?: number;
  /** How many due rows are asked for at once, beside those that are known. @default `concurrency` */
  batch?: number;
}

// Without a wake the rows are read once an hour: what else changed them is not missed for ever.
const LONGEST_MS = 3_600_000;
// The wall clock may be set meanwhile: it is read, and no rows, so often.
const LONGEST_NAP_MS = 10_000;
const RETRY_MS = 1_000;
const FIRST_RECHECK_MS = 10;
const LAST_RECHECK_MS = 250;

/** One timer for the earliest row, in this process. Rows are read when one is due and after some were handled, else never. */
export function createTimerScheduler(options: TimerSchedulerOptions): Scheduler {
  const { rows, clock, concurrency = 1_000, batch = concurrency } = options;
  const nap = createNap(clock);
  const rests = createRests(clock);
  const hands = createHands(concurrency, putDown);
  /** The next look: at a moment of the wall clock or after a while, whichever comes first. */
  let next = { at: -Infinity, monotonic: Infinity };
  let recheckMs = FIRST_RECHECK_MS;
  /** Wakes to come that arrived while their instance was being handled. */
  const wokenFor = new Map<string, number>();
  let looping: Promise<void> | undefined;
  let stopped = false;

  function lookAt(at: number): void {
    if (at >= next.at) return;
    next.at = at;
    nap.cutShort();
  }

  function lookIn(ms: number): void {
    const monotonic = clock.monotonic() + ms;
    if (monotonic >= next.monotonic) return;
    next.monotonic = monotonic;
    nap.cutShort();
  }

  function putDown(id: string): void {
    const at = wokenFor.get(id);
    wokenFor.delete(id);
    rests.begin(id, at);
    // Its time is known when it was woken for a time to come.
    if (at === undefined || at <= clock.now()) lookIn(FIRST_RECHECK_MS);
    if (hands.count() === concurrency - 1) nap.cutShort();
  }

  async function loop(onError: (error: unknown) => void): Promise<void> {
    while (!stopped) {
      const { at, monotonic } = next;
      const [untilAt, untilMonotonic] = [at - clock.now(), monotonic - clock.monotonic()];
      if (!hands.free()) await nap.sleep(LONGEST_NAP_MS);
      else if (untilAt <= 0 || untilMonotonic <= 0) await look().catch(failed);
      else await nap.sleep(Math.min(untilAt, untilMonotonic, at < Infinity ? LONGEST_NAP_MS : Infinity));
    }
    function failed(error: unknown): void {
      lookIn(RETRY_MS);
      onError(error);
    }
  }

  async function look(): Promise<void> {
    // 1. From here on only what is learnt brings the next look forward.
    next = { at: Infinity, monotonic: clock.monotonic() + LONGEST_MS };
    const rested = rests.ids();
    const limit = batch + hands.count() + rested.length;
    const ids = await rows.due(clock.now(), limit);
    if (stopped) return;

    // 2. What is due and not known yet is taken up.
    const due = new Set(ids);
    for (const id of rested) if (!due.has(id)) rests.end(id);
    let taken = 0;
    for (const id of ids) {
      const restsUntil = rests.endOf(id);
      if (restsUntil !== undefined) lookIn(restsUntil - clock.monotonic());
      else if (!hands.has(id)) {
        hands.take(id);
        taken += 1;
      }
    }
    if (taken > 0) recheckMs = FIRST_RECHECK_MS;

    // 3. There may be more: at once, or as soon as there is a hand.
    if (ids.length === limit) return lookAt(-Infinity);

    // 4. What was taken up hides what comes after it until it is claimed.
    const nextDueAt = taken > 0 ? -Infinity : await rows.nextDueAt(clock.now());
    if (nextDueAt === undefined) return;
    if (nextDueAt > clock.now()) return lookAt(nextDueAt);
    lookIn(recheckMs);
    recheckMs = Math.min(recheckMs * 2, LAST_RECHECK_MS);
  }

  function wake(id: string, at: number): void {
    wokenFor.delete(id);
    rests.end(id);
    if (at <= clock.now()) return hands.take(id);
    if (hands.handles(id)) wokenFor.set(id, at);
    lookAt(at);
  }

  return {
    async start(handle, onError) {
      if (looping) throw new Error("start the scheduler: it was started before");
      hands.begin(handle, onError);
      looping = loop(onError);
    },
    async wake(id, at) {
      if (!stopped) wake(id, at);
    },
    async wakeNow(ids) {
      if (!stopped) for (const id of ids) wake(id, clock.now());
    },
    async stop() {
      stopped = true;
      nap.cutShort();
      await Promise.all([looping, hands.end()]);
    },
  };
}
