import { listAll } from "@mayfly/scaleway";
import type { FootprintVolume } from "../../lifecycle/instance.ts";
import type { CreateRequest } from "../provider.ts";
import type { Account } from "./account.ts";
import { instanceTag, markTags, readMarks } from "./marks.ts";
import { Refused } from "../refused.ts";

/** The volumes beside the root, in the order in which the request names them. */
export interface DataVolumes {
  /** All of them, to be attached. */
  ids: string[];
  /** Those that were made for this instance: they go with it. */
  own: FootprintVolume[];
}

const SBS = "sbs_volume";

/** Makes what an earlier attempt has not made yet, and finds by its name what stood before. */
export async function ensureDataVolumes(account: Account, request: CreateRequest): Promise<DataVolumes> {
  const wanted = request.spec.volumes ?? [];
  const volumes: DataVolumes = { ids: [], own: [] };
  if (wanted.length === 0) return volumes;
  // Past the visibility gap of an attempt whose outcome is unknown: what it made is shown.
  const made = await madeBefore(account, request);
  for (const { name, sizeGb } of wanted) {
    if (sizeGb === undefined) {
      volumes.ids.push(await existing(account, name, request.spec.zone));
      continue;
    }
    const id = made.get(name) ?? (await make(account, request, { name, sizeGb }));
    volumes.ids.push(id);
    volumes.own.push({ id, kind: SBS });
    if (!request.footprint.volumes.some((known) => known.id === id))
      await request.made({ volumes: [{ id, kind: SBS }] });
  }
  return volumes;
}

/** By their names. */
async function madeBefore(account: Account, { marks, spec }: CreateRequest): Promise<Map<string, string>> {
  const { zone } = spec;
  const all = await listAll(
    async (page, pageSize) => {
      const { volumes, totalCount } = await account.read.block.listVolumes({
        zone,
        page,
        pageSize,
        projectId: account.read.projectId,
        tags: [instanceTag(marks.instanceId)],
        orderBy: "created_at_asc",
        includeDeleted: false,
      });
      return { items: volumes, totalCount };
    },
    { what: `volumes of ${marks.instanceId}`, oldestFirst: true },
  );
  const own = all.filter(({ tags, status }) => {
    const read = readMarks(tags);
    return read.owner === marks.owner && read.instanceId === marks.instanceId && status !== "deleted";
  });
  return new Map(own.toReversed().map(({ name, id }) => [name, id]));
}

async function make(
  account: Account,
  { marks, spec, fence }: CreateRequest,
  { name, sizeGb }: { name: string; sizeGb: number },
): Promise<string> {
  fence();
  const { id } = await account.create.block.createVolume({
    zone: spec.zone,
    name,
    projectId: account.create.projectId,
    perfIops: 5_000,
    fromEmpty: { size: sizeGb * 1e9 },
    tags: markTags(marks, []),
  });
  return id;
}

async function existing(account: Account, name: string, zone: string): Promise<string> {
  const found = await account.volumes.find(name, zone);
  if (!found)
    throw new Refused(`volume ${name} is unknown in ${zone}`, `give it a size to make it: ${name}:20GB`);
  return found.id;
}
