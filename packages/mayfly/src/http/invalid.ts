import { RequestProblem } from "../api/problem.ts";
import type { ProblemItem } from "../api/problem.ts";

/** A request that is refused for all of these. */
export function invalid(problems: ProblemItem[]): RequestProblem {
  const summary = problems
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
  return new RequestProblem("invalid", summary, problems);
}
