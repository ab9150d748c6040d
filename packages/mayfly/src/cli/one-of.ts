import type { ProblemItem } from "../api/problem.ts";

/** One of a few words given as an option, or what is wrong with it; undefined when it was not given. */
export function oneOf<T extends string>(
  given: { text(name: string): string | undefined },
  name: string,
  words: readonly T[],
): T | ProblemItem | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  return (
    words.find((one) => one === text) ?? {
      path: `--${name}`,
      message: `"${text}" is not one of ${words.join(", ")}`,
    }
  );
}
