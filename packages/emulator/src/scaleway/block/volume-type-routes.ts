import { bodyPage } from "../../http/page.ts";
import type { Route } from "../../http/route.ts";
import { PRICES } from "../seed/prices.ts";

const TYPES = [
  { type: "sbs_5k", iops: 5000 },
  { type: "sbs_15k", iops: 15_000 },
] as const;

/** What block volumes there are to be had. */
export function volumeTypeRoutes(base: string): Route[] {
  return [
    {
      operation: "listVolumeTypes",
      method: "GET",
      path: `${base}/zones/{zone}/volume-types`,
      handle: (call) => bodyPage(call, { key: "volume_types", rows: [...TYPES], view: viewType }),
    },
  ];
}

function viewType({ type, iops }: (typeof TYPES)[number]): Record<string, unknown> {
  return {
    type,
    pricing: euros(PRICES.blockGb[type]),
    snapshot_pricing: euros(PRICES.blockSnapshotGb),
    specs: { perf_iops: iops, class: "sbs" },
  };
}

function euros(amount: number): Record<string, unknown> {
  const units = Math.trunc(amount);
  return { currency_code: "EUR", units, nanos: Math.round((amount - units) * 1e9) };
}
