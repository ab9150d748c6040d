import { readFileSync, writeFileSync } from "node:fs";
import type { CassetteReport } from "./cassette-report.ts";
import { isClean } from "./is-clean.ts";

/** The names of the cassettes that once passed, and so must pass. */
export interface Ratchet {
  read(): string[];
  /** Names what passes now; cassettes without a report stay as they are. Returns how many are named. */
  write(reports: readonly CassetteReport[]): number;
}

/** @param file @default the project's own */
export function openRatchet(file: string | URL = new URL("ratchet.json", import.meta.url)): Ratchet {
  const read = () => JSON.parse(readFileSync(file, "utf8")) as string[];
  return {
    read,
    write(reports) {
      const replayed = new Set(reports.map(({ cassette }) => cassette));
      const kept = read().filter((name) => !replayed.has(name));
      const clean = reports.filter(isClean).map(({ cassette }) => cassette);
      const names = [...new Set([...kept, ...clean])].sort();
      writeFileSync(file, `${JSON.stringify(names, null, 2)}\n`);
      return names.length;
    },
  };
}
