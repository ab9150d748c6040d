import type { CassetteReport, InteractionReport, JudgedDifference } from "./cassette-report.ts";

const MOST_DIFFERENCES = 6;
const LONGEST_VALUE = 160;

/** A cassette's line; below it what failed, or with `verbose` every interaction. */
export function reportLines(report: CassetteReport, options: { verbose?: boolean } = {}): string[] {
  const { interactions, abortedAt } = report;
  const failed = interactions.some(({ verdict }) => verdict === "failed");
  const end = abortedAt === undefined ? "" : `; nothing could follow #${abortedAt}`;
  const lines = [`${failed ? "FAIL" : "ok  "} ${report.cassette}: ${tally(interactions)}${end}`];
  for (const interaction of interactions)
    if (options.verbose || interaction.verdict === "failed")
      lines.push(...interactionLines(interaction, options.verbose ? Infinity : MOST_DIFFERENCES));
  return lines;
}

function tally(interactions: readonly InteractionReport[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of interactions) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
}

function interactionLines(interaction: InteractionReport, most: number): string[] {
  const { seq, verdict, operation, method, path, differences } = interaction;
  const lines = [`     #${seq} ${verdict} ${operation} (${method} ${path})`];
  const failing = differences.filter(({ level }) => level === "fail");
  const others = differences.filter(({ level }) => level !== "fail");
  for (const difference of [...failing, ...others].slice(0, most))
    lines.push(`       ${differenceLine(difference)}`);
  if (differences.length > most) lines.push(`       and ${differences.length - most} more`);
  return lines;
}

function differenceLine({ level, path, what, recorded, got, accepted }: JudgedDifference): string {
  const values =
    recorded === undefined && got === undefined ? "" : `: recorded ${shown(recorded)}, got ${shown(got)}`;
  return `${accepted ? "accepted" : level} ${path || "answer"} ${what}${values}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
