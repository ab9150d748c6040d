import type { Cassette } from "./cassette.ts";

export interface Selection {
  /** Epoch milliseconds: nothing recorded before. @default any age */
  readonly since?: number | undefined;
  /** Services that the judged cloud has. @default any */
  readonly services?: readonly string[] | undefined;
  /** Names of cassettes. */
  readonly only?: RegExp | undefined;
  readonly skip?: RegExp | undefined;
}

export interface Selected {
  readonly cassettes: readonly Cassette[];
  /** Chosen, but they cannot be replayed. */
  readonly skipped: readonly { readonly cassette: string; readonly why: string }[];
}

/** The cassettes to replay. */
export function selectCassettes(all: readonly Cassette[], selection: Selection): Selected {
  const { since, only, skip, services } = selection;
  const wanted = all.filter(
    ({ name, recordedAt }) =>
      (only === undefined || only.test(name)) &&
      !skip?.test(name) &&
      (since === undefined || recordedAt >= since),
  );
  const cassettes: Cassette[] = [];
  const skipped: Selected["skipped"][number][] = [];
  for (const cassette of wanted) {
    const why = obstacle(cassette, services);
    if (why === undefined) cassettes.push(cassette);
    else skipped.push({ cassette: cassette.name, why });
  }
  return { cassettes, skipped };
}

function obstacle({ interactions }: Cassette, services: Selection["services"]): string | undefined {
  if (interactions.some(({ lost }) => lost)) return "request bodies were not recorded";
  const missing = services && interactions.filter(({ service }) => !services.includes(service));
  if (missing && missing.length > 0)
    return `needs ${[...new Set(missing.map(({ service }) => service))].join(", ")}`;
  const comparable = interactions.some(({ elsewhere, answer }) => !elsewhere && answer.status !== 429);
  return comparable ? undefined : "holds nothing to compare";
}
