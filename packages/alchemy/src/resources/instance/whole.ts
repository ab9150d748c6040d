import type { Instancev1 } from "@mayfly/scaleway";
import type { Cloud } from "../../cloud.ts";
import type { At } from "../../kind.ts";
import { orAbsent } from "../../or-absent.ts";

/** A machine with what else it takes to compare it. */
export interface WholeInstance {
  server: Instancev1.Server;
  root: RootVolume | undefined;
  userData: Record<string, string>;
}

export interface RootVolume {
  id: string;
  isBlock: boolean;
  sizeGb: number;
  tags: string[];
}

const ROOT = "0";

export async function readInstance(cloud: Cloud, at: At): Promise<WholeInstance | undefined> {
  const server = await getServer(cloud, at);
  if (server === undefined) return undefined;
  return { server, root: await rootOf(cloud, server), userData: await userDataOf(cloud, at) };
}

export async function getServer(cloud: Cloud, { id, place }: At): Promise<Instancev1.Server | undefined> {
  return (await orAbsent(() => cloud.instance.getServer({ serverId: id, zone: place })))?.server;
}

/** The volume that the machine was made with; the others were made by others. */
export async function rootOf(
  { block, instance }: Cloud,
  { volumes, zone }: Instancev1.Server,
): Promise<RootVolume | undefined> {
  const root = volumes[ROOT];
  if (root === undefined) return undefined;
  const { id } = root;
  if (root.volumeType === "sbs_volume") {
    const volume = await orAbsent(() => block.getVolume({ volumeId: id, zone }));
    return volume && { id, isBlock: true, sizeGb: volume.size / 1e9, tags: volume.tags };
  }
  const local = (await orAbsent(() => instance.getVolume({ volumeId: id, zone })))?.volume;
  return local && { id, isBlock: false, sizeGb: local.size / 1e9, tags: local.tags };
}

/** Block volumes beside the root. */
export function attachedVolumes({ volumes }: Instancev1.Server): string[] {
  const others = Object.entries(volumes).filter(
    ([key, { volumeType }]) => key !== ROOT && volumeType === "sbs_volume",
  );
  return others.map(([, { id }]) => id).sort();
}

/** Addresses with a life of their own. */
export function attachedIps({ publicIps }: Instancev1.Server): string[] {
  return publicIps
    .filter(({ dynamic }) => !dynamic)
    .map(({ id }) => id)
    .sort();
}

async function userDataOf({ instance }: Cloud, { id, place }: At): Promise<Record<string, string>> {
  const server = { serverId: id, zone: place };
  const listed = await orAbsent(() => instance.listServerUserData(server));
  const found: Record<string, string> = {};
  for (const key of listed?.userData ?? []) {
    const text = await orAbsent(() => instance.getServerUserData({ ...server, key }));
    if (text !== undefined) found[key] = text;
  }
  return found;
}
