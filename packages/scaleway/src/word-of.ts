import { redact } from "./redact.ts";

/** One of the cloud's own words, such as a type or an id; what is too long for one is not repeated. */
export function wordOf(value: unknown, secrets: readonly string[]): string | undefined {
  if (typeof value !== "string" || value.length > LONGEST) return undefined;
  return redact(value, secrets) || undefined;
}

const LONGEST = 128;
