import type { CassetteReport } from "./cassette-report.ts";

/** Every difference is a warning or an accepted one. */
export function isClean({ interactions }: CassetteReport): boolean {
  return interactions.every(({ verdict }) => verdict !== "failed" && verdict !== "unreached");
}
