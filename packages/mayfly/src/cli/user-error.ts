import type { ProblemItem } from "../api/problem.ts";
import type { ExitCode } from "./exit-code.ts";

/** Something to tell the user, and what to do about it. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: ExitCode;
  readonly suggestion: string | undefined;
  readonly problems: readonly ProblemItem[];

  constructor(
    message: string,
    options: { exitCode?: ExitCode; suggestion?: string | undefined; problems?: readonly ProblemItem[] } = {},
  ) {
    super(message);
    this.exitCode = options.exitCode ?? 1;
    this.suggestion = options.suggestion;
    this.problems = options.problems ?? [];
  }
}
