import { SWEEP_EVERY_MS } from "../controllers/sweep.ts";
import { costOf } from "../lifecycle/cost-of.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Promised } from "./promised.ts";
import type { Meddling } from "./scenario.ts";
import type { SimCloud } from "./sim-cloud.ts";

// A row knows of a change when an answer is in or a look shows it: at times its cost begins late, and it ends a little late.
// A process that stands still, for 50 s at most, knows of nothing meanwhile.
const SHORT_MS = 60_000;
const LONG_MS = 60_000;
/** Where nothing fails but calls to the cloud. */
const STEADY_MS = 20_000;
const HOUR_MS = 3_600_000;
/** After these a row's meters run on as what was made for it does. */
const METERED: readonly Meddling[] = ["stop", "start", "shutdown", "delete", "remark"];
const isMetered = (verb: Meddling): boolean => METERED.includes(verb);

/** What the rows say that instances cost, against what the cloud billed, when all is gone. */
export function wrongCosts(
  rows: Iterable<Instance>,
  cloud: Pick<SimCloud, "billed" | "things" | "visibilityGapMs">,
  { promised, steady, now }: { promised: Pick<Promised, "deeds">; steady: boolean; now: number },
): string[] {
  const billed = cloud.billed?.();
  if (!billed) return [];
  const { deeds } = promised;
  // Their bills hold what was never theirs, or lack what was. Whose it was counts when it was done: a mark may be gone since.
  const mixedUp = new Set(deeds.filter(({ verb }) => !isMetered(verb)).map(({ madeFor }) => madeFor));
  const made = new Set(cloud.things().flatMap(({ kind, madeFor }) => (kind === "machine" ? [madeFor] : [])));
  const broken: string[] = [];
  for (const row of rows) {
    const figures = costOf(row, now);
    if (!figures || row.letGo !== undefined || mixedUp.has(row.id)) continue;
    // Volumes of a machine that could not be had are not counted: docs/adr/0021 says so.
    if (!made.has(row.id)) {
      if (figures.soFar !== 0)
        broken.push(`costs: ${row.id} never had a machine, and says ${figures.soFar} millionths`);
      continue;
    }
    // What became of a machine that somebody else laid hands on, a row knows as late as the next sweep.
    const ownDeeds = deeds.filter(({ madeFor }) => madeFor === row.id);
    const unseenMs = ownDeeds.length * (SWEEP_EVERY_MS + 2 * cloud.visibilityGapMs);
    const { machine = 0, addresses = 0, volumes = 0 } = row.cost!.price!;
    const off = figures.soFar - (billed.get(row.id) ?? 0);
    const offMs = (off * HOUR_MS) / (machine + addresses + volumes);
    const [short, long] = steady ? [STEADY_MS, STEADY_MS] : [SHORT_MS, LONG_MS];
    if (offMs > long + unseenMs || offMs < -short - unseenMs)
      broken.push(
        `costs: ${row.id} says ${figures.soFar} millionths, and ${Math.round(figures.soFar - off)} were billed: ${Math.round(offMs / 1_000)} s are wrong`,
      );
    if (figures.perHour !== 0 || costOf(row, now + HOUR_MS)!.soFar !== figures.soFar)
      broken.push(`costs: ${row.id} is gone, and costs on`);
  }
  return broken;
}
