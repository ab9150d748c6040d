import { endsOf } from "./ends-of.ts";
import type { Witnesses } from "./ends-of.ts";
import { spread } from "./spread.ts";
import type { Spread } from "./spread.ts";

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
