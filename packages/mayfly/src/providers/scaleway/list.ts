import type { Scaleway } from "@mayfly/scaleway";
import { listAll, ScalewayCallError } from "@mayfly/scaleway";
import type { Inventory, Machine, Part } from "../../lifecycle/observed.ts";
import type { ListQuery } from "../provider.ts";
import type { Account } from "./account.ts";
import { toMachine } from "./machine.ts";
import { ownerTag, readMarks } from "./marks.ts";
import { addressPart, blockPart, localPart } from "./parts.ts";
import { attempt } from "./provider-error.ts";

/** Looks at whole zones, all at the same time, one page after another in each. */
export function createList(account: Account): (query: ListQuery) => Promise<Inventory> {
  // Ids that were seen as block volumes: when one of them is missing, it is gone, and no local volume is looked for.
  const blockIds = createBlockIds();

  return async (query) => {
    const { owner, zones, kinds, ids, machineIds = new Set<string>(), signal } = query;
    const scaleway = signal === undefined ? account.read : account.read.abortedBy(signal);
    const startedAt = account.clock.now();
    const inZones = async <Item>(what: string, look: (zone: string) => Promise<Item[]>): Promise<Item[]> => {
      const found = zones.map((zone) => attempt(`list ${what} of scaleway ${zone}`, () => look(zone)));
      return (await Promise.all(found)).flat();
    };
    const ours = (part: Part) => part.owner === owner || ids.has(part.id);

    const [machines, block, addresses] = await Promise.all([
      kinds.has("machine") ? inZones("machines", (zone) => machinesOf(scaleway, zone, owner)) : [],
      kinds.has("volume") ? inZones("volumes", (zone) => blockOf(scaleway, zone)) : [],
      kinds.has("address") ? inZones("addresses", (zone) => addressesOf(scaleway, zone)) : [],
    ]);
    blockIds.add(block.filter(({ id }) => ids.has(id)));

    const listed = new Set(machines.map(({ id }) => id));
    const missing = [...machineIds].filter((id) => !listed.has(id));
    const byId = await inZones("machines by id", async (zone) =>
      (await Promise.all(missing.map((id) => machineById(scaleway, zone, id)))).flat(),
    );
    const [marked, strangers] = [
      byId.filter((one) => one.owner === owner),
      byId.filter((one) => one.owner !== owner),
    ];

    const known = new Set([...block, ...addresses, ...machines].map(({ id }) => id));
    const mayBeLocal = kinds.has("volume") && [...ids].some((id) => !known.has(id) && !blockIds.has(id));
    const local = mayBeLocal ? await inZones("local volumes", (zone) => localOf(scaleway, zone)) : [];
    // One that no list ever showed may be younger than what lists show: it is asked for by its id before it counts as absent.
    const unseen = [...ids].filter((id) => !known.has(id) && !blockIds.has(id) && !holds(local, id));
    const young = kinds.has("volume")
      ? await inZones("volumes by id", async (zone) =>
          (await Promise.all(unseen.map((id) => blockVolume(scaleway, zone, id)))).flat(),
        )
      : [];
    return {
      startedAt,
      machines: [...machines, ...marked],
      parts: [...block, ...local, ...young, ...addresses].filter(ours),
      strangers: strangers.map(({ id }) => id),
    };
  };
}

async function machinesOf(scaleway: Scaleway, zone: string, owner: string): Promise<Machine[]> {
  const servers = await listAll(
    async (page, perPage) => {
      const answer = await scaleway.instance.listServers({
        zone,
        page,
        perPage,
        project: scaleway.projectId,
        tags: [ownerTag(owner)],
        order: "creation_date_asc",
      });
      return { items: answer.servers, totalCount: answer.totalCount };
    },
    { what: `servers of ${zone}`, oldestFirst: true },
  );
  return servers.filter(({ tags }) => readMarks(tags).owner === owner).map(toMachine);
}

/** As a list, since there may be none. */
async function machineById(scaleway: Scaleway, zone: string, serverId: string): Promise<Machine[]> {
  const { server } = await orAbsent(() => scaleway.instance.getServer({ zone, serverId }), {});
  return server === undefined ? [] : [toMachine(server)];
}

async function blockOf(scaleway: Scaleway, zone: string): Promise<Part[]> {
  const volumes = await listAll(
    async (page, pageSize) => {
      const answer = await scaleway.block.listVolumes({
        zone,
        page,
        pageSize,
        projectId: scaleway.projectId,
        orderBy: "created_at_asc",
        includeDeleted: false,
      });
      return { items: answer.volumes, totalCount: answer.totalCount };
    },
    { what: `block volumes of ${zone}`, oldestFirst: true },
  );
  return volumes.filter(({ status }) => status !== "deleted").map(blockPart);
}

const holds = (parts: readonly Part[], id: string): boolean => parts.some((part) => part.id === id);

/** As a list, since there may be none. */
async function blockVolume(scaleway: Scaleway, zone: string, volumeId: string): Promise<Part[]> {
  return orAbsent(async () => [blockPart(await scaleway.block.getVolume({ zone, volumeId }))], []);
}

async function orAbsent<T>(ask: () => Promise<T>, absent: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ScalewayCallError && error.kind === "not_found") return absent;
    throw error;
  }
}

async function localOf(scaleway: Scaleway, zone: string): Promise<Part[]> {
  const volumes = await listAll(
    async (page, perPage) => {
      const answer = await scaleway.instance.listVolumes({
        zone,
        page,
        perPage,
        project: scaleway.projectId,
      });
      return { items: answer.volumes, totalCount: answer.totalCount };
    },
    { what: `volumes of ${zone}` },
  );
  return volumes.map(localPart);
}

async function addressesOf(scaleway: Scaleway, zone: string): Promise<Part[]> {
  const ips = await listAll(
    async (page, perPage) => {
      const answer = await scaleway.instance.listIps({ zone, page, perPage, project: scaleway.projectId });
      return { items: answer.ips, totalCount: answer.totalCount };
    },
    { what: `addresses of ${zone}` },
  );
  return ips.map(addressPart);
}

function createBlockIds(limit = 20_000) {
  const ids = new Set<string>();
  return {
    has: (id: string) => ids.has(id),
    add(parts: readonly Part[]) {
      for (const { id } of parts) ids.add(id);
      for (const oldest of ids) if (ids.size > limit) ids.delete(oldest);
    },
  };
}
