import { RedisError } from "../redis/error.ts";
import type { Held } from "../redis/redis.ts";
import type { SwimPorts } from "./swim-ports.ts";

/** One installation takes from the queues: who does is written in Redis, for as long as he says so again and again. */
export interface QueueHold {
  /** Takes it, also from an earlier process of this installation; answers who else has it. */
  take(): Promise<Holder | undefined>;
  /** Says again that we have it. Once somebody else does, it is taken back only when nobody has it any more. */
  refresh(): Promise<void>;
  isHeld(): boolean;
  /** What Redis knows it by. */
  proof: Held;
  release(): Promise<void>;
}

export interface Holder {
  owner: string;
  host: string;
  pid: number;
  since: string;
}

export const HOLD_MS = 15_000;
export const REFRESH_EVERY_MS = 5_000;
/** What is begun with less than this left may end when another has it. */
const MARGIN_MS = 2_000;
const ATTEMPTS = 3;

export function createQueueHold(
  { redis, clock, log }: Pick<SwimPorts, "redis" | "clock" | "log">,
  key: string,
  me: Omit<Holder, "since"> & { token: string },
): QueueHold {
  const mine = JSON.stringify({ ...me, since: new Date(clock.now()).toISOString() });
  let heldUntil = -Infinity;
  let other = "";

  async function acquire(mayTakeFrom: (holder: Holder) => boolean): Promise<Holder | undefined> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const askedAt = clock.monotonic();
      const before = await redis.get(key);
      if (before !== undefined && before !== mine) {
        const holder = read(before);
        if (!mayTakeFrom(holder)) return holder;
      }
      if (await redis.swap(key, before, mine, HOLD_MS)) {
        heldUntil = askedAt + HOLD_MS;
        return undefined;
      }
    }
    throw new RedisError("unavailable", `hold ${key}: it changes hands all the time`);
  }

  return {
    take: () => acquire(({ owner }) => owner === me.owner),

    async refresh() {
      const holder = await acquire(() => false);
      const now = holder === undefined ? "" : JSON.stringify(holder);
      if (now === other) return;
      other = now;
      if (holder === undefined) return log.info({}, "the queues are ours again");
      heldUntil = -Infinity;
      log.error(
        { holder },
        `${described(holder)} takes from the queues now: nothing more is taken here until it lets go`,
      );
    },

    proof: { key, value: mine },
    isHeld: () => clock.monotonic() < heldUntil - MARGIN_MS,

    async release() {
      heldUntil = -Infinity;
      await redis.swap(key, mine, undefined, 0);
    },
  };
}

export const described = ({ owner, host, pid, since }: Holder): string =>
  `installation ${owner} on ${host} (pid ${pid}, since ${since})`;

function read(text: string): Holder {
  const unknown: Holder = { owner: "unknown", host: "unknown", pid: 0, since: "unknown" };
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== "object" || value === null) return unknown;
    return { ...unknown, ...value };
  } catch {
    return unknown;
  }
}
