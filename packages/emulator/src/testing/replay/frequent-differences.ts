import type { CassetteReport } from "./cassette-report.ts";

const MOST = 25;

/** The differences that occur in most interactions, failing ones first, as lines. */
export function frequentDifferences(reports: readonly CassetteReport[]): string[] {
  const counts = new Map<string, number>();
  for (const { operation, differences } of reports.flatMap(({ interactions }) => interactions)) {
    const kinds = new Set(
      differences.map(
        ({ level, path, what, accepted }) =>
          `${accepted ? "accepted" : level} ${operation} ${path || "answer"} ${what}`,
      ),
    );
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one, ones], [other, others]) => rank(one) - rank(other) || others - ones)
    .slice(0, MOST)
    .map(([kind, count]) => `${String(count).padStart(6)} ${kind}`);
}

function rank(kind: string): number {
  return kind.startsWith("fail ") ? 0 : 1;
}
