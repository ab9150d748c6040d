import { inflateSync } from "node:zlib";

/** What a guest's report begins with, in a line of its serial console. */
export const REPORT_WORD = "mayfly-report";

/** A report is far below. */
const LONGEST_REPORT_BYTES = 64 * 1024;

/**
 * The last whole report on a serial console, where many write at the same time: compressed and in base64, between two colons.
 * One that others wrote into is not whole, and is told again by its guest.
 *
 * @param output of GetConsoleOutput, as text
 */
export function consoleReport(output: string): string | undefined {
  for (const [, said] of [...output.matchAll(REPORTS)].toReversed()) {
    const report = unpacked(said!);
    if (report !== undefined) return report;
  }
  return undefined;
}

const REPORTS = new RegExp(`${REPORT_WORD}:([A-Za-z0-9+/=]+):`, "g");

/** Undefined: not whole. Its checksum says so. */
function unpacked(said: string): string | undefined {
  try {
    return inflateSync(Buffer.from(said, "base64"), { maxOutputLength: LONGEST_REPORT_BYTES }).toString();
  } catch {
    return undefined;
  }
}
