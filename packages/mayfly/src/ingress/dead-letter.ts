import type { ProblemItem } from "../api/problem.ts";

/** No order is larger: it is kept as far as this. */
export const MOST_BYTES = 1024 * 1024;

/** What a payload that could not be read leaves behind, with all that is wrong with it. Bytes that are no text are in base64. */
export function deadLetter(payload: Uint8Array, problems: readonly ProblemItem[], now: number): string {
  const kept = Buffer.from(payload.subarray(0, MOST_BYTES));
  const text = kept.toString("utf8");
  const isText = Buffer.from(text).equals(kept);
  return JSON.stringify({
    payload: isText ? text : kept.toString("base64"),
    ...(!isText && { encoding: "base64" }),
    ...(payload.length > kept.length && { truncated: true, bytes: payload.length }),
    reason: reasonOf(problems),
    time: new Date(now).toISOString(),
  });
}

export const reasonOf = (problems: readonly ProblemItem[]): string =>
  problems
    .map(({ path, message, suggestion }) => {
      const what = path === "" ? message : `${path} ${message}`;
      return suggestion === undefined ? what : `${what} (${suggestion})`;
    })
    .join("; ");
