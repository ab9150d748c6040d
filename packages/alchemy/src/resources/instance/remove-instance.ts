import { listAll, ScalewayCallError, waitUntil } from "@mayfly/scaleway";
import type { Instancev1 } from "@mayfly/scaleway";
import type { Cloud } from "../../cloud.ts";
import type { At, Removal } from "../../kind.ts";
import { orAbsent } from "../../or-absent.ts";
import { discard, RHYTHM } from "../../patience.ts";
import type { Instance, InstanceProps } from "./props.ts";
import { markRoot } from "./mark-root.ts";
import { getServer, rootOf } from "./whole.ts";

const GONE_WITHIN_MS = 600_000;
/** A machine that has been starting for longer offers one way out. */
const STARTS_WITHIN_MS = 120_000;

/** The machine, its cards and its root volume. What was attached to it stays. */
export async function removeInstance(
  cloud: Cloud,
  at: At,
  { mark }: Removal<InstanceProps, Instance>,
): Promise<void> {
  const server = await getServer(cloud, at);
  if (server === undefined) return;

  // 1. the root volume outlives the machine: it is known as ours before the machine goes
  const root = await rootOf(cloud, server);
  if (root !== undefined && mark !== "" && !root.tags.includes(mark))
    await markRoot(cloud, at.place, root, mark);

  // 2. its cards, so that their networks can be deleted after it; one that stays goes with the machine
  for (const { id: privateNicId } of server.privateNics)
    await orLeft(() => cloud.instance.deletePrivateNIC({ serverId: at.id, zone: at.place, privateNicId }));

  // 3. the machine
  await end(cloud, at);

  // 4. its root volume
  if (root !== undefined) await removeVolume(cloud, at.place, root.id, root.isBlock);
}

/** Root volumes of machines that went while nobody looked. */
export async function removeRootVolumes(
  cloud: Cloud,
  place: string,
  { mark, known }: Removal<InstanceProps, Instance>,
): Promise<void> {
  if (known !== undefined) {
    if (known.rootVolumeId !== undefined) await removeVolume(cloud, place, known.rootVolumeId, undefined);
    return;
  }
  const project = cloud.projectId;
  const block = await listAll(
    async (page, pageSize) => {
      const query = { zone: place, page, pageSize, projectId: project, tags: [mark], includeDeleted: false };
      const { volumes, totalCount } = await cloud.block.listVolumes(query);
      return { items: volumes, totalCount };
    },
    { what: `volumes of ${place}` },
  );
  for (const { id, tags, status } of block)
    if (tags.includes(mark) && status !== "deleted") await removeVolume(cloud, place, id, true);
  const local = await listAll(
    async (page, perPage) => {
      const query = { zone: place, page, perPage, project, tags: [mark] };
      const { volumes, totalCount } = await cloud.instance.listVolumes(query);
      return { items: volumes, totalCount };
    },
    { what: `local volumes of ${place}` },
  );
  for (const { id, tags } of local) if (tags.includes(mark)) await removeVolume(cloud, place, id, false);
}

/** A refusal is not allowed to keep a machine that costs money. */
async function orLeft(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const left = ["not_found", "conflict", "invalid_input"];
    if (!(error instanceof ScalewayCallError) || !left.includes(error.kind)) throw error;
  }
}

async function end(cloud: Cloud, at: At): Promise<void> {
  const { clock, instance } = cloud;
  const server = { serverId: at.id, zone: at.place };
  const what = `instance ${at.id} to go`;
  const act = (action: Instancev1.ServerAction) =>
    discard(clock, what, () => instance.serverAction({ ...server, action }));
  const began = clock.monotonic();
  const look = async () => {
    const now = await getServer(cloud, at);
    if (now === undefined) return true;
    switch (now.state) {
      case "running":
      case "stopped in place":
        await act("terminate");
        break;
      case "stopped":
      // It may be what the cloud locked for a reason: it says so.
      case "locked":
        await discard(clock, what, () => instance.deleteServer(server));
        break;
      case "starting":
        if (clock.monotonic() - began > STARTS_WITHIN_MS) await act("stop_in_place");
        break;
      case "stopping":
        break;
      default:
        now.state satisfies never;
    }
    return undefined;
  };
  await waitUntil(look, { clock, what, timeoutMs: GONE_WITHIN_MS, ...RHYTHM });
}

/** @param isBlock undefined when it is not known */
async function removeVolume(
  { clock, block, instance }: Cloud,
  zone: string,
  volumeId: string,
  isBlock: boolean | undefined,
): Promise<void> {
  const what = `volume ${volumeId} to go`;
  if (isBlock !== false) {
    await discard(clock, what, () => block.deleteVolume({ volumeId, zone }));
    const look = async () =>
      (await orAbsent(() => block.getVolume({ volumeId, zone }))) === undefined ? true : undefined;
    await waitUntil(look, { clock, what, timeoutMs: GONE_WITHIN_MS, ...RHYTHM });
  }
  if (isBlock !== true) await discard(clock, what, () => instance.deleteVolume({ volumeId, zone }));
}
