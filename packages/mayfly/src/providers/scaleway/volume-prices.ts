import type { Scaleway } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import { createCache } from "../cache.ts";

export interface VolumePrices {
  /** Millionths of a euro for a GB and hour of the block volumes that a machine is made with; undefined: the list lacks them. */
  of(zone: string): Promise<number | undefined>;
}

/** Of 5,000 IOPS, which is what a volume gets for which nothing else was asked. */
const TYPE = "sbs_5k";

/** Kept for 10 minutes. */
export function createVolumePrices(scaleway: Scaleway, clock: Clock): VolumePrices {
  const prices = createCache<number | undefined>({ clock, ttlMs: 600_000 });
  return { of: (zone) => prices.get(zone, () => look(scaleway, zone)) };
}

async function look({ block }: Scaleway, zone: string): Promise<number | undefined> {
  const { volumeTypes } = await block.listVolumeTypes({ zone, pageSize: 100 });
  const pricing = volumeTypes.find(({ type }) => type === TYPE)?.pricing;
  return pricing?.currencyCode === "EUR" ? pricing.units * 1e6 + pricing.nanos / 1e3 : undefined;
}
