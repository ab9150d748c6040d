import type { ProblemItem } from "../api/problem.ts";
import { parseDuration } from "../lifecycle/duration.ts";

const SUGGESTION = "write it like 90s, 30m, 2h or 1d";

/** Milliseconds of a duration, or what is wrong with it. */
export function readDuration(path: string, text: string): number | ProblemItem {
  return parseDuration(text) ?? { path, message: `"${text}" is not a duration`, suggestion: SUGGESTION };
}

/** What is wrong with durations given as options; absent ones are well. */
export function durationProblems(
  given: { text(name: string): string | undefined },
  names: readonly string[],
): ProblemItem[] {
  return names.flatMap((name) => {
    const text = given.text(name);
    const read = text === undefined ? 0 : readDuration(`--${name}`, text);
    return typeof read === "number" ? [] : [read];
  });
}
