/** How a command ended, for scripts; `mayfly help exit-codes` explains them. */
export const exitCode = { done: 0, failed: 1, usage: 2, notFound: 3, refused: 4 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What an answer of the API means for the exit code. */
export function exitCodeOfStatus(status: number): ExitCode {
  if (status === 404) return exitCode.notFound;
  if (status === 403 || status === 409 || status === 422) return exitCode.refused;
  return status >= 400 && status < 500 ? exitCode.usage : exitCode.failed;
}
