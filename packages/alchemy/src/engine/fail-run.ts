/** The engine ends a run that destroys with code 0 whatever came of it; the process has its last word after that. */
export function failRun(): void {
  process.once("exit", () => {
    process.exitCode = 1;
  });
}
