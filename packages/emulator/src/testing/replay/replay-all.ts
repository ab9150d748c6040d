import type { CassetteReport } from "./cassette-report.ts";
import type { Cassette } from "./cassette.ts";
import type { Judged } from "./judged.ts";
import { replayCassette } from "./replay-cassette.ts";
import type { ReplayOptions } from "./replay-cassette.ts";

/** Replays cassettes one after the other, and closes what was judged. */
export async function replayAll(
  cassettes: readonly Cassette[],
  judged: Judged,
  options: ReplayOptions & { onReport?: (report: CassetteReport) => void } = {},
): Promise<CassetteReport[]> {
  const reports: CassetteReport[] = [];
  try {
    for (const cassette of cassettes) {
      const report = await replayCassette(cassette, judged, options);
      options.onReport?.(report);
      reports.push(report);
    }
  } finally {
    await judged.close();
  }
  return reports;
}
