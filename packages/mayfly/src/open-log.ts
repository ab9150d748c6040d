import { chmodSync, statSync } from "node:fs";
import { pino } from "pino";
import { plainJson } from "./api/plain-json.ts";
import { printable } from "./api/printable.ts";
import type { Log } from "./controllers/ports.ts";

export interface LogOptions {
  /** @default "info" */
  logLevel?: "debug" | "info" | "warn" | "error";
  /** A file, made with mode 0600. @default standard output */
  logDestination?: string;
}

/** What cannot be written is kept for later up to here; what is said beyond it is lost. */
const MOST_KEPT_BYTES = 1_000_000;

/**
 * Structured lines. A log that cannot be written, since its disk is full, or whose reader stopped reading or went away,
 * neither ends nor holds up the process: machines have to be ended all the same.
 */
export function openLog({ logLevel = "info", logDestination }: LogOptions): Log {
  // Root would close `/dev/null` to everybody else.
  const isOurs = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (logDestination !== undefined && isOurs(logDestination)) chmodSync(logDestination, 0o600);
  const destination = pino.destination({
    dest: logDestination ?? 1,
    mode: 0o600,
    // A write to a pipe that nobody reads takes for ever.
    sync: logDestination !== undefined,
    maxLength: MOST_KEPT_BYTES,
    // The next line tries again.
    retryEAGAIN: () => false,
  });
  let told = false;
  destination.on("write", () => (told = false));
  destination.on("error", (error) => {
    if (!told) process.stderr.write(`the log cannot be written: ${printable(String(error))}\n`);
    told = true;
  });
  return pino(
    { level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => void destination.write(plainJson(line)) },
  );
}
