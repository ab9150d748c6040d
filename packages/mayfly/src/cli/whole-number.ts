import type { ProblemItem } from "../api/problem.ts";

/** A whole number given as an option, or what is wrong with it; undefined when it was not given. */
export function wholeNumber(
  given: { text(name: string): string | undefined },
  name: string,
  [least, most]: readonly [number, number],
): number | ProblemItem | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  return { path: `--${name}`, message: `"${text}" is not a whole number from ${least} to ${most}` };
}
