import { integer, record, required, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, preconditionFailed, transientState } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid, requiredUuid } from "../../http/uuids.ts";
import { among, containing, equal, found, listed, tagged } from "../listed.ts";
import { renamed } from "../named-row.ts";
import { byProject, inOrganization, projectOf } from "../project.ts";
import { blockSnapshots, blockVolumes, byHolder } from "./rows.ts";
import type { BlockVolumeRow } from "./rows.ts";
import { checkBlockSize, iopsOf } from "./volume-limits.ts";
import { createBlockVolume, settleBlockVolume, updateBlockVolume, volumeType } from "./volume-states.ts";
import { viewVolume } from "./volume-view.ts";

export function volumeRoutes(base: string): Route[] {
  const path = `${base}/zones/{zone}/volumes`;
  const one = `${path}/{id}`;
  const view = (row: BlockVolumeRow): Record<string, unknown> => viewVolume(row, base.endsWith("v1alpha1"));
  const answer = (row: BlockVolumeRow): Answer => json(200, view(row));
  return [
    { operation: "listVolumes", method: "GET", path, handle: (call) => listVolumes(call, view) },
    { operation: "createVolume", method: "POST", path, handle: (call) => answer(createVolume(call)) },
    { operation: "getVolume", method: "GET", path: one, handle: (call) => answer(volumeOf(call)) },
    { operation: "updateVolume", method: "PATCH", path: one, handle: (call) => answer(updateVolume(call)) },
    { operation: "deleteVolume", method: "DELETE", path: one, handle: deleteVolume },
  ];
}

export function volumeOf(call: Call, id = pathUuid(call, "volume_id")): BlockVolumeRow {
  return found(call, blockVolumes(call.world), { resource: "volume", id });
}

function listVolumes(call: Call, view: (row: BlockVolumeRow) => unknown): Answer {
  const { query, world } = call;
  const rows = listed(call, blockVolumes(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "product_resource_id", (row) => row.reference?.serverId ?? null, byHolder),
    equal(query, "product_resource_type", (row) => (row.reference ? "instance_server" : null)),
    among(query, "volume_ids", (row) => row.id),
    equal(query, "volume_type", volumeType),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "volumes", rows, order, view });
}

function createVolume(call: Call): BlockVolumeRow {
  const { world, now } = call;
  const body = call.body();
  const name = required(body, "name");
  const projectId = projectOf(call, body);
  return createBlockVolume(
    world,
    {
      name,
      projectId,
      zone: call.params.zone ?? "",
      tags: texts(body, "tags") ?? [],
      iops: iopsOf(body),
      ...contentOf(call),
    },
    now,
  );
}

/** What the volume begins with: nothing, or a snapshot. */
function contentOf(call: Call): { size: number; parentSnapshotId: string | null } {
  const body = call.body();
  const empty = record(body, "from_empty");
  const from = record(body, "from_snapshot");
  if (empty) return { size: sizeOf(empty), parentSnapshotId: null };
  if (!from) throw invalidArgument("from_empty", "required");
  const id = requiredUuid(from, "snapshot_id");
  const snapshot = found(call, blockSnapshots(call.world), { resource: "snapshot", id });
  if (snapshot.status === "creating") throw transientState("snapshot", id, snapshot.status);
  const size = integer(from, "size") ?? snapshot.size;
  if (size < snapshot.size)
    throw invalidArgument("size", "constraint", "must not be smaller than the snapshot");
  return { size, parentSnapshotId: id };
}

function sizeOf(body: Body): number {
  const size = integer(body, "size");
  if (size === undefined) throw invalidArgument("size", "required");
  checkBlockSize(size);
  return size;
}

function updateVolume(call: Call): BlockVolumeRow {
  const { world, now } = call;
  const row = volumeOf(call);
  const body = call.body();
  const size = integer(body, "size") ?? row.size;
  const iops = iopsOf(body, row.iops);
  if (size < row.size) throw invalidArgument("size", "constraint", "a volume cannot shrink");
  if (size > row.size) checkBlockSize(size);
  const settled = settleBlockVolume(world, row, now);
  const named = blockVolumes(world).put(renamed(call, settled), now);
  const grows = size !== row.size || iops !== row.iops;
  return grows ? updateBlockVolume(world, named, { size, iops }, now) : named;
}

function deleteVolume(call: Call): Answer {
  const row = volumeOf(call);
  if (row.reference || row.status === "updating")
    throw preconditionFailed(412, "resource_still_in_use", `volume is ${row.status}`);
  blockVolumes(call.world).remove(row.id, call.now);
  return noContent();
}
