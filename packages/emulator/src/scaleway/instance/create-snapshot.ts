import { integer, one, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call } from "../../http/route.ts";
import { placeOf } from "../listed.ts";
import { projectOf } from "../project.ts";
import { fakeTask } from "./fake-task.ts";
import { localVolumes } from "./rows.ts";
import type { LocalVolumeRow } from "./rows.ts";
import { importSnapshot, snapshotVolume } from "./snapshot-states.ts";
import { viewSnapshot } from "./snapshot-view.ts";

/** What an object holds is not known here: it is taken for a disk of 1 GiB. */
const IMPORTED_BYTES = 2 ** 30;

/** POST /snapshots: of a local volume, or from an object in a bucket. */
export function createSnapshot(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const zone = placeOf(call);
  const given = {
    name: nameOf(call, body),
    zone,
    tags: texts(body, "tags") ?? [],
    projectId: projectOf(call, body),
  };
  one(body, "volume_type", ["l_ssd", "unified", "unknown_volume_type"]);
  const volumeId = text(body, "volume_id");
  const row = volumeId
    ? snapshotVolume(world, given, keepableVolume(call, volumeId), now)
    : importSnapshot(world, given, importedSize(body), now);
  const task = fakeTask({ from: "/snapshots", result: `snapshots/${row.id}`, zone, at: now });
  return json(201, { snapshot: viewSnapshot(world, row), task });
}

/** A block volume is none of this API's; a scratch volume cannot be kept. */
export function keepableVolume(call: Call, id: string): LocalVolumeRow {
  const volume = localVolumes(call.world).get(id);
  if (volume?.zone !== placeOf(call)) throw notFound("instance_volume", id);
  if (volume.kind === "scratch")
    throw invalidArgument("volume_id", "constraint", "scratch volumes cannot be snapshotted");
  return volume;
}

function importedSize(body: Body): number {
  if (text(body, "bucket") === undefined && text(body, "key") === undefined)
    throw invalidArgument("volume_id", "required");
  required(body, "bucket");
  required(body, "key");
  return bucketBytes(body);
}

/** The size of what is imported, where the request names one. */
export function bucketBytes(body: Body): number {
  const size = integer(body, "size") ?? IMPORTED_BYTES;
  if (size <= 0 || size % 512 !== 0) throw invalidArgument("size", "constraint", "must be a multiple of 512");
  return size;
}

function nameOf(call: Call, body: Body): string {
  return text(body, "name") || `snp-${call.world.random.hex(8)}`;
}
