import { CannotReplay } from "./cannot-replay.ts";
import { replayOptions, usage } from "./replay-options.ts";
import { runReplay } from "./run-replay.ts";
import type { Terminal } from "./run-replay.ts";

const MISUSED = 2;

/** The command line `emulator:replay`; resolves to the exit code. */
export async function replay(argv: readonly string[], terminal: Terminal): Promise<number> {
  let advice = `\n${usage}`;
  try {
    const options = replayOptions(argv, callersFolder());
    advice = "";
    return await runReplay(options, terminal);
  } catch (error) {
    if (!(error instanceof CannotReplay)) throw error;
    terminal.error(error.message + advice);
    return MISUSED;
  }
}

/** npm runs scripts in the project's root, and tells where it was called itself. */
function callersFolder(): string | undefined {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === "emulator:replay" ? folder : undefined;
}

if (import.meta.main) process.exitCode = await replay(process.argv.slice(2), console);
