import { setImmediate as turn } from "node:timers/promises";
import { TestClock } from "pg-boss";
import { createPgBossScheduler } from "../scheduler/pg-boss.ts";
import type { PgBossSchedulerOptions } from "../scheduler/pg-boss.ts";
import { openWakeJobs } from "../scheduler/pg-boss/open-wake-jobs.ts";
import type { WakeJobs } from "../scheduler/pg-boss/wake-jobs.ts";
import type { WakeRows } from "../scheduler/pg-boss/wake-rows.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** pg-boss on a real PostgreSQL, where time passes only when it is told to, over rows in memory. */
export async function aBossWorld(
  server: PostgresServer,
  schema: string,
  options: Partial<PgBossSchedulerOptions> = {},
) {
  const clock = createVirtualClock();
  const bossClock = new TestClock(clock.now());
  const underWay = { count: 0 };
  const times = new Map<string, number>();
  const held = new Map<string, number>();
  const untilOf = (id: string, now: number) => {
    const until = held.get(id) ?? 0;
    return until > now ? until : undefined;
  };
  const rows: WakeRows = {
    async upcoming(now, until, limit) {
      const found = [...times].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1]);
      return found.slice(0, limit).map(([id, at]) => ({ id, at: Math.max(at, untilOf(id, now) ?? 0) }));
    },
    heldUntil: async (ids, now) =>
      new Map(
        ids.flatMap((id) => {
          const until = untilOf(id, now);
          return until === undefined ? [] : [[id, until] as const];
        }),
      ),
  };
  const errors: unknown[] = [];
  const opened = await openWakeJobs({
    url: server.url,
    schema,
    clock,
    bossClock,
    onError: (error) => void errors.push(error),
  });
  const jobs = counted(opened, underWay);

  /** Until nothing is asked of the database any more. */
  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      await turn();
      if (underWay.count > 0) quiet = -1;
    }
  }

  return {
    clock,
    jobs,
    errors,
    scheduler: createPgBossScheduler({ jobs, rows, clock, ...options }),
    put: (id: string, at: number | undefined) =>
      void (at === undefined ? times.delete(id) : times.set(id, at)),
    hold: (id: string, until: number) => void held.set(id, until),
    async pass(ms: number) {
      const end = clock.now() + ms;
      await settle();
      for (let next = clock.nextAt(); next !== undefined && next <= end; next = clock.nextAt()) {
        await bossClock.setTime(next);
        await clock.advance(next - clock.now());
        await settle();
      }
      await bossClock.setTime(end);
      await clock.advance(end - clock.now());
      await settle();
    },
  };
}

/** The same, and how many of its calls have not ended. */
function counted(jobs: WakeJobs, underWay: { count: number }): WakeJobs {
  return new Proxy(jobs, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const answer: unknown = value.apply(target, args);
        if (!(answer instanceof Promise)) return answer;
        underWay.count++;
        return answer.finally(() => underWay.count--);
      };
    },
  });
}
