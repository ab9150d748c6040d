import type { Blockv1 } from "@mayfly/scaleway";
import { listAll, waitUntil } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";
import type { Found, FoundOrMade, Twin } from "./kind.ts";
import { readMarks } from "./marks.ts";
import { isShared, sharedTags } from "./shared-mark.ts";

/** The snapshots of one volume: another volume's may have the same names. */
export function snapshotKind(
  volumeId: string,
): FoundOrMade<Named, { name: string; zone: string }, Found<Named>> {
  return {
    noun: "snapshot",
    within: volumeId,
    placeOf: (zone) => zone,
    checked: (wanted) => wanted,

    named: async (clients, name, zone) =>
      (await listSnapshots(clients, { volumeId, zone, name }))
        .filter((each) => each.parentVolume?.id === volumeId && !isGoing(each))
        .map(toTwin),

    async get({ read }, snapshotId, zone) {
      const snapshot = await read.block.getSnapshot({ snapshotId, zone });
      const { projectId, parentVolume } = snapshot;
      const isHidden = parentVolume?.id !== volumeId || isGoing(snapshot);
      return { thing: toNamed(snapshot), projectId, isHidden };
    },

    async settle({ clock, read, signal }, { thing }) {
      const { id: snapshotId, place: zone } = thing;
      await waitUntil(
        async () => {
          const { status } = await read.block.getSnapshot({ snapshotId, zone });
          if (status === "error")
            throw new ProviderError("conflict", `the cloud failed to make ${snapshotId}; delete it`);
          return status === "creating" || status === "unknown_status" ? undefined : true;
        },
        { clock, signal, what: `snapshot ${snapshotId}`, timeoutMs: 120_000, everyMs: 2_000 },
      );
      return thing;
    },

    order:
      async ({ create }, { name, zone }, by) =>
      async () => {
        const { projectId } = create;
        const tags = sharedTags(by);
        const { id } = await create.block.createSnapshot({ zone, volumeId, name, projectId, tags });
        return id;
      },

    discard: (clients, snapshotId, zone) => clients.delete.block.deleteSnapshot({ snapshotId, zone }),
    doubleRestsMs: 0,
  };
}

const isGoing = ({ status }: Blockv1.Snapshot): boolean => status === "deleting" || status === "deleted";

const toNamed = ({ id, name, zone, tags, createdAt }: Blockv1.Snapshot): Named => ({
  id,
  name,
  place: zone,
  owner: readMarks(tags).owner,
  onDemand: isShared(tags),
  createdAt: createdAt?.getTime(),
});

/** No image is made of a spare. */
function toTwin(snapshot: Blockv1.Snapshot): Twin {
  const { references, status } = snapshot;
  const canGo = status === "creating" || status === "available" || status === "error";
  return { ...toNamed(snapshot), isSpare: references.length === 0 && canGo };
}

function listSnapshots(
  { read }: Clients,
  query: { volumeId: string; zone: string; name: string },
): Promise<Blockv1.Snapshot[]> {
  return listAll(
    async (page, pageSize) => {
      const answer = await read.block.listSnapshots({
        ...query,
        page,
        pageSize,
        projectId: read.projectId,
        orderBy: "created_at_asc",
        includeDeleted: false,
      });
      return { items: answer.snapshots, totalCount: answer.totalCount };
    },
    { what: `snapshots of volume ${query.volumeId}`, oldestFirst: true },
  );
}
