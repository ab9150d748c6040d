import { aCassette } from "./a-cassette.ts";
import { answeringCloud } from "./answering-cloud.ts";
import type { Asked, Given } from "./answering-cloud.ts";
import type { CassetteReport } from "./cassette-report.ts";
import { replayCassette } from "./replay-cassette.ts";
import type { ReplayOptions } from "./replay-cassette.ts";

/** An answer as the judged cloud gives it. */
export function given(body: unknown, change: Partial<Given> = {}): Given {
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  return { status: 200, headers: { "content-type": "application/json" }, text, ...change };
}

export async function replayed(
  cassette: Parameters<typeof replayCassette>[0],
  answer: (asked: Asked) => Given,
  options?: ReplayOptions & { onPass?: () => void },
): Promise<CassetteReport> {
  const cloud = await answeringCloud(answer, options);
  try {
    return await replayCassette(cassette, cloud, options);
  } finally {
    await cloud.close();
  }
}

/** The differences of a single step, as `level path what`. */
export async function differences(
  step: Parameters<typeof aCassette>[0],
  answer: Given,
  options: ReplayOptions = {},
): Promise<string[]> {
  const report = await replayed(aCassette(step), () => answer, { maxPolls: 0, ...options });
  return report.interactions.flatMap(({ differences }) =>
    differences.map(({ level, path, what }) => `${level} ${path} ${what}`),
  );
}

export function verdicts({ interactions }: CassetteReport): string[] {
  return interactions.map(({ verdict }) => verdict);
}
