import { run } from "./run.ts";

// A reader such as `head` may leave early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

// What cannot be said cannot be said; a service goes on.
process.stderr.on("error", () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});
