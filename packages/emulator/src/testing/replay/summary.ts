import type { CassetteReport, InteractionReport } from "./cassette-report.ts";

export interface Count {
  total: number;
  passed: number;
}

export interface Summary {
  interactions: Count;
  cassettes: Count;
  /** An interaction counts for the service it called, a cassette for the product it is filed under. */
  services: Record<string, { interactions: Count; cassettes: Count }>;
  /** In none of the totals. */
  skipped: { cassettes: number; interactions: number };
}

/** Counts verdicts: what a failed create kept from being sent counts as not passed. */
export function summarize(reports: readonly CassetteReport[], skippedCassettes: number): Summary {
  const summary: Summary = {
    interactions: none(),
    cassettes: none(),
    services: {},
    skipped: { cassettes: skippedCassettes, interactions: 0 },
  };
  const of = (service: string) => (summary.services[service] ??= { interactions: none(), cassettes: none() });
  for (const report of reports) {
    for (const interaction of report.interactions) {
      const passed = isPassed(interaction);
      if (passed === undefined) summary.skipped.interactions++;
      else for (const count of [summary, of(interaction.service)]) add(count.interactions, passed);
    }
    const passed = report.interactions.every((interaction) => isPassed(interaction) !== false);
    for (const count of [summary, of(report.home)]) add(count.cassettes, passed);
  }
  return summary;
}

/** Undefined: there was no answer to judge. */
function isPassed({ verdict }: InteractionReport): boolean | undefined {
  switch (verdict) {
    case "passed":
    case "warned":
      return true;
    case "accepted":
    case "failed":
    case "unreached":
      return false;
    case "rate limited":
    case "elsewhere":
    case "passed over":
      return undefined;
    default:
      return verdict satisfies never;
  }
}

function none(): Count {
  return { total: 0, passed: 0 };
}

function add(count: Count, passed: boolean): void {
  count.total++;
  if (passed) count.passed++;
}
