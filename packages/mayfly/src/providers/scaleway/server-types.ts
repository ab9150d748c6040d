import type { Scaleway } from "@mayfly/scaleway";
import { ScalewayCallError } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import type { MachineType } from "../provider.ts";
import { createCache } from "../cache.ts";

/** What validation asks beyond the catalog. */
export interface ServerType extends MachineType {
  /** Whether its root volume may be a block volume. */
  block: boolean;
  /** All its local volumes together. */
  localBytes: { min: number; max: number };
}

export interface ServerTypes {
  of(zone: string): Promise<ServerType[]>;
}

/** Kept for 10 minutes. */
export function createServerTypes(scaleway: Scaleway, clock: Clock): ServerTypes {
  const types = createCache<ServerType[]>({ clock, ttlMs: 600_000 });
  return { of: (zone) => types.get(zone, () => listTypes(scaleway, zone)) };
}

async function listTypes(scaleway: Scaleway, zone: string): Promise<ServerType[]> {
  const { instance } = scaleway;
  const offers = await everyEntry(`types of ${zone}`, async (page, perPage) => {
    const { servers, totalCount } = await instance.listServersTypes({ zone, page, perPage });
    return { entries: servers, totalCount };
  });
  const stock = await everyEntry(`availability of ${zone}`, async (page, perPage) => {
    const { servers, totalCount } = await instance.getServerTypesAvailability({ zone, page, perPage });
    return { entries: servers, totalCount };
  });
  return [...offers].map(([name, offer]) => ({
    name,
    vcpus: offer.ncpus,
    memoryGib: offer.ram / 2 ** 30,
    arch: offer.arch,
    priceMicrosPerHour: Math.round(offer.hourlyPrice * 1_000_000),
    available: stock.get(name)?.availability !== "shortage",
    block: offer.capabilities?.blockStorage !== false,
    localBytes: { min: offer.volumesConstraint?.minSize ?? 0, max: offer.volumesConstraint?.maxSize ?? 0 },
  }));
}

/** The product lists are maps, whose pages can't be asked for by creation: read one after another, complete or thrown. */
async function everyEntry<Value>(
  what: string,
  pageOf: (
    page: number,
    size: number,
  ) => Promise<{ entries: Record<string, Value>; totalCount: number | undefined }>,
): Promise<Map<string, Value>> {
  const found = new Map<string, Value>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { entries, totalCount } = await pageOf(page, 100);
    const names = Object.keys(entries);
    for (const name of names) found.set(name, entries[name]!);
    if (totalCount !== undefined && totalCount >= 0 && found.size >= totalCount) return found;
    if (names.length === 0) throw incomplete(what, found.size, totalCount);
  }
  throw incomplete(what, found.size, undefined);
}

/** Far beyond any catalog: one that never ends is not read for ever. */
const MOST_PAGES = 100;

const incomplete = (what: string, shown: number, total: number | undefined) =>
  new ScalewayCallError({
    kind: "unavailable",
    operation: `list ${what}`,
    explanation: `${shown} of ${total ?? "an unknown number"} were shown`,
  });
