import { integer, record, required, text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { among, containing, equal, found, listed, tagged } from "../listed.ts";
import { byProject } from "../instance/rows.ts";
import { projectOf } from "../project.ts";
import { organizationOf } from "../regional-project.ts";
import { blockSnapshots, blockVolumes, byHolder } from "./rows.ts";
import type { BlockVolumeRow } from "./rows.ts";
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

export function volumeOf(call: Call, id = call.params.id ?? ""): BlockVolumeRow {
  return found(call, blockVolumes(call.world), { resource: "volume", id });
}

function listVolumes(call: Call, view: (row: BlockVolumeRow) => unknown): Answer {
  const { query, world } = call;
  const rows = listed(call, blockVolumes(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    equal(query, "organization_id", (row) => organizationOf(world, row.projectId)),
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
  if (empty) return { size: sizeOf(integer(empty, "size")), parentSnapshotId: null };
  if (!from) throw invalidArgument("from_empty", "required");
  const id = required(from, "snapshot_id");
  const snapshot = blockSnapshots(call.world).get(id);
  if (snapshot?.zone !== call.params.zone) throw notFound("snapshot", id);
  const size = integer(from, "size") ?? snapshot?.size ?? 0;
  if (snapshot && size < snapshot.size)
    throw invalidArgument("size", "constraint", "must not be smaller than the snapshot");
  return { size, parentSnapshotId: id };
}

function sizeOf(size: number | undefined): number {
  if (size === undefined) throw invalidArgument("size", "required");
  if (size < 5_000_000_000 || size > 10_000_000_000_000)
    throw invalidArgument("size", "constraint", "must be between 5 GB and 10 TB");
  return size;
}

function iopsOf(body: Readonly<Record<string, unknown>>, fallback = 5000): number {
  const iops = integer(body, "perf_iops") ?? fallback;
  if (iops !== 5000 && iops !== 15_000)
    throw invalidArgument("perf_iops", "constraint", "must be 5000 or 15000");
  return iops;
}

function updateVolume(call: Call): BlockVolumeRow {
  const { world, now } = call;
  const row = volumeOf(call);
  const body = call.body();
  const size = integer(body, "size") ?? row.size;
  const iops = iopsOf(body, row.iops);
  if (size < row.size) throw invalidArgument("size", "constraint", "a volume cannot shrink");
  const settled = settleBlockVolume(world, row, now);
  const named = blockVolumes(world).put(
    {
      ...settled,
      name: text(body, "name") ?? row.name,
      tags: texts(body, "tags") ?? row.tags,
      modifiedAt: now,
    },
    now,
  );
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
