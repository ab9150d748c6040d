import type { ProblemItem } from "./problem.ts";

/** Something to tell the user, and what to do about it. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: 0 | 1 | 2 | 3 | 4;
  readonly suggestion: string | undefined;
  readonly problems: readonly ProblemItem[];

  constructor(
    message: string,
    options: {
      exitCode?: 0 | 1 | 2 | 3 | 4;
      suggestion?: string | undefined;
      problems?: readonly ProblemItem[];
    } = {},
  ) {
    super(message);
    this.exitCode = options.exitCode ?? 1;
    this.suggestion = options.suggestion;
    this.problems = options.problems ?? [];
  }
}
