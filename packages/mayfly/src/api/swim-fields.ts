import type { ProblemItem } from "./problem.ts";

/** The values of a payload by the names that are asked for; what is null counts as absent. */
export type SwimFields = Readonly<Record<string, unknown>>;

/**
 * Reads a JSON object as Go does: keys match by any case, the last of several wins. Or says why it is none.
 * @param names each with the other words that stand for it, which count where it is absent itself
 */
export function readSwimFields(
  payload: string,
  names: Readonly<Record<string, readonly string[]>>,
): SwimFields | ProblemItem[] {
  const value = parse(payload);
  if (value === undefined) return [{ path: "", message: "the payload is not JSON" }];
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ path: "", message: "the payload is not a JSON object" }];
  const given = new Map(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each as unknown]));
  const fields = Object.entries(names).map(([name, others]) => {
    const words = [name, ...others].map((word) => given.get(word.toLowerCase()));
    return [name, words.find((each) => each !== undefined && each !== null)];
  });
  return Object.fromEntries(fields) as SwimFields;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    return undefined;
  }
}
