import { createHash } from "node:crypto";
import type { ProblemItem } from "../api/problem.ts";
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
}

const WAIT_MS = 5_000;
const LOOK_AGAIN_MS = 1_000;
const PAGE = 100;

/** Takes one payload after the other, each at least once. A failure anywhere is thrown: whoever calls again begins with recovery. */
export async function takeFrom(ports: SwimPorts, queue: SwimQueue, signal: AbortSignal): Promise<void> {
  const { redis, store, clock, log } = ports;
  const { taken, dead } = queue;

  // 1. Done first, then removed, then forgotten: a crash in between is seen by `recover`.
  async function settle(copy: Uint8Array): Promise<void> {
    const key = keyOf(copy);
    const problems = await judged(copy, key);
    if (problems.length > 0) {
      await redis.divert(taken, copy, dead, deadLetter(copy, problems, clock.now()));
      log.warn({ queue: queue.name, reason: reasonOf(problems) }, "a payload is put with the dead ones");
      return;
    }
    await redis.remove(taken, copy);
    await store.acknowledge(key);
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
        else {
          await redis.remove(taken, copy);
          await store.acknowledge(key);
        }
      }
      if (copies.length === 0) break;
    }
    for (const key of unacknowledged) await store.acknowledge(key);
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
    // A connection that was given up may have been served once more.
    else if (!signal.aborted) await recover();
  }
}
