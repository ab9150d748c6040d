import type { Blockv1 } from "@mayfly/scaleway";
import { listAll, waitUntil } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { MadeBy } from "../resources/resources.ts";
import { awaitVolume, isSettled } from "./await-volume.ts";
import type { VolumeAt } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import type { SpareTwin } from "./ensure-named.ts";
import { ensureNamed } from "./ensure-named.ts";
import { readMarks } from "./marks.ts";
import { orAbsent } from "./or-absent.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "./refused.ts";
import { sharedTags } from "./shared-mark.ts";

/** A snapshot outlives its volume, and nothing of ours deletes it. */
export async function snapshotVolume(
  clients: Clients,
  at: VolumeAt,
  name: string,
  by: Pick<MadeBy, "owner" | "signal">,
): Promise<string> {
  const { id: volumeId, zone } = at;
  const what = `make snapshot ${name} of volume ${volumeId} on scaleway ${zone}`;
  const { create, clock } = clients;
  await attempt(what, async () => {
    if ((await awaitVolume(clients, at, isSettled)) === undefined)
      throw new Refused(`there is no volume ${volumeId} in ${zone}`);
  });
  const { id } = await ensureNamed(
    {
      what,
      look: () => snapshotsOf(clients, at, name),
      make: async () => {
        const { projectId } = create;
        return twin(
          await create.block.createSnapshot({ zone, volumeId, name, projectId, tags: sharedTags(by) }),
        );
      },
      remove: async (spare) => {
        await orAbsent(() => clients.delete.block.deleteSnapshot({ snapshotId: spare.id, zone }));
      },
    },
    by,
    clock,
  );
  await attempt(what, () => awaitSnapshot(clients, { id, zone }));
  return id;
}

/** A spare is of the same volume, and no image is made of it. */
const twin = ({ id, tags, createdAt, references, status }: Blockv1.Snapshot): SpareTwin => ({
  id,
  owner: readMarks(tags).owner,
  createdAt: createdAt?.getTime(),
  isSpare: references.length === 0 && (status === "creating" || status === "available" || status === "error"),
});

async function snapshotsOf({ read }: Clients, at: VolumeAt, name: string): Promise<SpareTwin[]> {
  const { id: volumeId, zone } = at;
  const snapshots = await listAll(
    async (page, pageSize) => {
      const answer = await read.block.listSnapshots({
        zone,
        page,
        pageSize,
        projectId: read.projectId,
        volumeId,
        name,
        orderBy: "created_at_asc",
        includeDeleted: false,
      });
      return { items: answer.snapshots, totalCount: answer.totalCount };
    },
    { what: `snapshots of volume ${volumeId}`, oldestFirst: true },
  );
  return snapshots
    .filter((each) => each.name === name && each.parentVolume?.id === volumeId)
    .filter(({ status }) => status !== "deleting" && status !== "deleted")
    .map(twin);
}

async function awaitSnapshot({ clock, read, signal }: Clients, { id, zone }: VolumeAt): Promise<void> {
  await waitUntil(
    async () => {
      const { status } = await read.block.getSnapshot({ snapshotId: id, zone });
      if (status === "error")
        throw new ProviderError("conflict", `the cloud failed to make ${id}; delete it`);
      return status === "creating" || status === "unknown_status" ? undefined : true;
    },
    { clock, signal, what: `snapshot ${id}`, timeoutMs: 120_000, everyMs: 2_000 },
  );
}
