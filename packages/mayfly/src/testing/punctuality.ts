import type { Past } from "@mayfly/emulator";
import type { EventView } from "../api/instance-view.ts";
import { endingCalls } from "./ending-calls.ts";
import type { PassedCall } from "./gate.ts";
import { instanceIn } from "./somebody-elses.ts";

/** One of a service's processes. */
export interface Life {
  startedAt: number;
  /** Absent when it was not waited for. */
  answeredAt?: number;
}

export interface Punctuality {
  /** From deadlines that passed while the service ran until the call that ends the machine reached the cloud. */
  expiryLagMs: Spread;
  /** From the start of a service after a kill until it answered, … */
  answerMs: Spread;
  /** … and until the first call reached the cloud that ends what was overdue. */
  firstOverdueMs: Spread;
}

export interface Spread {
  count: number;
  median: number;
  p99: number;
  worst: number;
}

export interface Witnesses {
  /** What there ever was in the cloud. */
  machines: readonly Past[];
  events: readonly EventView[];
  passed: readonly PassedCall[];
}

/** How punctual the ends were, by who passed the gate. */
export function punctuality(witnesses: Witnesses, lives: readonly Life[]): Punctuality {
  const lags: number[] = [];
  const overdue = new Map<Life, number>();
  for (const { machine, asked, end } of endsOf(witnesses)) {
    if (!asked || Date.parse(machine.createdAt) > asked.at) continue;
    // What is on its way when a process is killed may still arrive, before the next one starts.
    const life = lives.findLast(({ startedAt }) => startedAt <= end)!;
    if (asked.at >= (life.answeredAt ?? Infinity)) {
      if (asked.by === "deadline") lags.push(end - asked.at);
    } else if (asked.at < life.startedAt)
      overdue.set(life, Math.min(overdue.get(life) ?? Infinity, end - life.startedAt));
  }
  const answers = lives.flatMap(({ startedAt, answeredAt }) =>
    answeredAt === undefined ? [] : [answeredAt - startedAt],
  );
  return {
    expiryLagMs: spread(lags),
    answerMs: spread(answers.slice(1)),
    firstOverdueMs: spread([...overdue.values()]),
  };
}

/** Machines that were ended though nobody asked for it, or before their deadline. */
export function endedEarly(witnesses: Witnesses): string[] {
  return endsOf(witnesses)
    .filter(({ asked, end }) => !asked || end < asked.at)
    .map(({ machine }) => `${machine.name} (${machine.id}) was ended early`);
}

function endsOf({ machines, events, passed }: Witnesses) {
  const eventsOf = Map.groupBy(events, ({ instanceId }) => instanceId);
  return machines.flatMap((machine) => {
    const end = endingCalls(passed, machine.id)[0]?.at;
    if (end === undefined) return [];
    const mine = eventsOf.get(instanceIn(machine.tags) ?? "") ?? [];
    const event = mine.find(({ kind }) => kind === "expired" || kind === "delete-requested");
    // The event of a deadline is later than the deadline.
    const asked =
      event?.kind === "expired"
        ? { by: "deadline", at: Date.parse(event.expiresAt) }
        : event && { by: "request", at: Date.parse(event.at) };
    return [{ machine, asked, end }];
  });
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { count: sorted.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}
