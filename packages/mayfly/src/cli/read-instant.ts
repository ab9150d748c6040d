import type { ProblemItem } from "../api/problem.ts";

const ISO = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/** An instant as ISO 8601 in UTC, or what is wrong with it. Without an offset it is local; 30 February is none. */
export function readInstant(path: string, text: string): string | ProblemItem {
  const [, year, month, day] = ISO.exec(text)?.map(Number) ?? [];
  const at = year === undefined || !isDay(year, month!, day!) ? Number.NaN : Date.parse(text);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  const suggestion = "write it like 2026-01-31T18:00:00Z, or 2026-01-31T18:00 in local time";
  return { path, message: `"${text}" is not an instant`, suggestion };
}

/** `Date` takes 30 February for 2 March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
