import { record, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, wrongState } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import { blockVolumes } from "../block/rows.ts";
import { createBlockSnapshot } from "../block/snapshot-states.ts";
import type { ImageRow, ImageVolume } from "./image-rows.ts";
import { putImage } from "./own-image.ts";
import { localVolumes } from "./rows.ts";
import type { AttachedVolume, ServerRow } from "./rows.ts";
import { allowedActions } from "./server-can.ts";
import { snapshotVolume } from "./snapshot-states.ts";

/** Makes an image of all the server's volumes, or of those that the body names; scratch volumes cannot be kept. */
export function backupServer(call: Call, row: ServerRow, body: Body): ImageRow {
  const { world, now } = call;
  const kept = chosen(row, body);
  if (!allowedActions(world, row).includes("backup")) throw wrongState("server is busy");
  const id = world.random.uuid();
  const name = text(body, "name") || `${row.name}-backup-${id.slice(0, 8)}`;
  const made = kept.map(
    ([slot, volume]) => [slot, saved(call, row, `${name}_snap_${slot}`, volume)] as const,
  );
  const [first] = made;
  if (!first) throw invalidArgument("volumes", "constraint", "the server has no volume that can be kept");
  const image: ImageRow = {
    id,
    name,
    zone: row.zone,
    tags: [],
    createdAt: now,
    modifiedAt: now,
    projectId: row.projectId,
    arch: row.arch,
    public: false,
    root: first[1],
    extra: Object.fromEntries(made.slice(1)),
    fromServer: row.id,
  };
  return putImage(world, image, now);
}

/** By slot, the lowest first. */
function chosen(row: ServerRow, body: Body): [string, AttachedVolume][] {
  const wanted = Object.keys(record(body, "volumes") ?? {});
  const slots = Object.entries(row.volumes).sort(([a], [b]) => Number(a) - Number(b));
  for (const id of wanted) {
    const volume = Object.values(row.volumes).find((one) => one.id === id);
    if (!volume)
      throw invalidArgument("volumes", "constraint", `Volume ${id} is not attached to this server`);
    if (volume.kind === "scratch")
      throw invalidArgument("volumes", "constraint", "scratch volumes cannot be snapshotted");
  }
  return slots.filter(
    ([, volume]) => volume.kind !== "scratch" && (wanted.length === 0 || wanted.includes(volume.id)),
  );
}

function saved(call: Call, row: ServerRow, name: string, volume: AttachedVolume): ImageVolume {
  const { world, now } = call;
  const given = { name, zone: row.zone, tags: [], projectId: row.projectId, public: false };
  const block = blockVolumes(world).get(volume.id);
  const local = localVolumes(world).get(volume.id);
  if (block) return { kind: "sbs_snapshot", id: createBlockSnapshot(world, given, block, now).id };
  if (local) return { kind: "l_ssd", id: snapshotVolume(world, given, local, now).id };
  throw new Error(`server ${row.id} has volume ${volume.id}, which does not exist`);
}
