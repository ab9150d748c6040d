import { createHash } from "node:crypto";
import type { ProblemItem } from "../api/problem.ts";
import { RedisError } from "../redis/error.ts";
import type { Held } from "../redis/redis.ts";
import type { DutyHeld } from "../store/store.ts";
import { deadLetter, MOST_BYTES, reasonOf } from "./dead-letter.ts";
import { napped } from "./keep-at.ts";
import type { SwimPorts } from "./swim-ports.ts";

export interface SwimQueue {
  name: string;
  /** Where one lies that was taken and is not done. */
  taken: string;
  dead: string;
  /**
   * Does what a payload asks for, so that no crash loses it; may be called again for the same one. What is wrong with it
   * is returned. `deliveryKey` goes into the store with whatever is not to be done twice.
   */
  handle(payload: string, deliveryKey: string): Promise<readonly ProblemItem[]>;
  /** Whether another may be taken now. */
  mayTake(): Promise<boolean>;
  /** Where several processes take in turn: by which duty it is done, and what Redis has to hold for it. */
  turn?: { duty: DutyHeld; held: Held };
}

const WAIT_MS = 5_000;
const LOOK_AGAIN_MS = 1_000;
/** What a process took that had lost its turn already is not left for longer, however busy the queue. */
const RECOVER_EVERY_MS = 15_000;
const PAGE = 100;

/** Takes one payload after the other, each at least once. A failure anywhere is thrown: whoever calls again begins with recovery. */
export async function takeFrom(ports: SwimPorts, queue: SwimQueue, signal: AbortSignal): Promise<void> {
  const { redis, store, clock, log } = ports;
  const { taken, dead, turn } = queue;
  let recoveredAt = -Infinity;

  // 1. Done first, then removed, then forgotten: a crash in between is seen by `recover`.
  async function settle(copy: Uint8Array): Promise<void> {
    const key = keyOf(copy);
    const problems = await judged(copy, key);
    if (problems.length > 0) {
      const letter = deadLetter(copy, problems, clock.now());
      expectTurn(await redis.divert(taken, copy, dead, letter, turn?.held));
      log.warn({ queue: queue.name, reason: reasonOf(problems) }, "a payload is put with the dead ones");
      return;
    }
    await forget(copy, key);
  }

  async function forget(copy: Uint8Array, key: string): Promise<void> {
    expectTurn(await redis.remove(taken, copy, turn?.held));
    await store.acknowledge(key, turn?.duty);
  }

  function expectTurn(done: boolean): void {
    if (!done)
      throw new RedisError("unavailable", `take from ${queue.name}: another process has its turn now`);
  }

  async function judged(copy: Uint8Array, key: string): Promise<readonly ProblemItem[]> {
    if (copy.length > MOST_BYTES)
      return [{ path: "", message: `the payload has ${copy.length} bytes, at most ${MOST_BYTES} are read` }];
    const text = Buffer.from(copy).toString("utf8");
    if (!Buffer.from(text).equals(copy)) return [{ path: "", message: "the payload is not UTF-8 text" }];
    return queue.handle(text, key);
  }

  // 2. What a life before this one, or a call whose answer was lost, left between two steps.
  async function recover(): Promise<void> {
    const unacknowledged = new Set(
      (await store.unacknowledged()).filter((key) => key.startsWith(`${taken}/`)),
    );
    for (;;) {
      const copies = await redis.list(taken, PAGE);
      for (const copy of copies) {
        const key = keyOf(copy);
        // Its row is there; a second copy of the same bytes is another order.
        if (!unacknowledged.delete(key)) await settle(copy);
        else await forget(copy, key);
      }
      if (copies.length === 0) break;
    }
    for (const key of unacknowledged) await store.acknowledge(key, turn?.duty);
    recoveredAt = clock.monotonic();
  }

  const keyOf = (copy: Uint8Array) => `${taken}/${createHash("sha256").update(copy).digest("hex")}`;

  await recover();
  while (!signal.aborted) {
    if (!(await queue.mayTake())) {
      await napped(clock, LOOK_AGAIN_MS, signal);
      continue;
    }
    const copy = await redis.take(queue.name, taken, { waitMs: WAIT_MS, signal });
    if (copy) await settle(copy);
    if (signal.aborted) return;
    // A connection that was given up may have been served once more.
    if (!copy || clock.monotonic() - recoveredAt > RECOVER_EVERY_MS) await recover();
  }
}
