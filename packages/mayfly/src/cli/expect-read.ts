import type { ProblemItem } from "../api/problem.ts";
import { UserError } from "../api/user-error.ts";

/** What was read of several options, when nothing is wrong with any; otherwise throws all that is wrong, at once. */
export function expectRead<T extends Readonly<Record<string, unknown>>>(
  read: T,
): { [K in keyof T]: Exclude<T[K], ProblemItem> } {
  const problems = Object.values(read).filter(isProblem);
  if (problems.length > 0) throw new UserError("usage", { exitCode: 2, problems });
  return read as { [K in keyof T]: Exclude<T[K], ProblemItem> };
}

const isProblem = (value: unknown): value is ProblemItem =>
  typeof value === "object" && value !== null && "path" in value && "message" in value;
