import { integer, record, required, text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { zuluDate } from "../dates.ts";
import { containing, equal, found, listed, tagged } from "../listed.ts";
import { byProject } from "../instance/rows.ts";
import { projectOf } from "../project.ts";
import { blockSnapshots, blockVolumes, byHolder } from "./rows.ts";
import type { BlockVolumeRow } from "./rows.ts";
import { createBlockVolume, updateBlockVolume, volumeType } from "./volume-states.ts";

/** @param base the API's version decides the path alone */
export function volumeRoutes(base: string): Route[] {
  const path = `${base}/zones/{zone}/volumes`;
  return [
    { operation: "listVolumes", method: "GET", path, handle: listVolumes },
    { operation: "createVolume", method: "POST", path, handle: createVolume },
    {
      operation: "getVolume",
      method: "GET",
      path: `${path}/{id}`,
      handle: (call) => json(200, viewVolume(volumeOf(call))),
    },
    { operation: "updateVolume", method: "PATCH", path: `${path}/{id}`, handle: updateVolume },
    { operation: "deleteVolume", method: "DELETE", path: `${path}/{id}`, handle: deleteVolume },
  ];
}

export function volumeOf(call: Call, id = call.params.id ?? ""): BlockVolumeRow {
  return found(call, blockVolumes(call.world), { resource: "volume", id });
}

function listVolumes(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, blockVolumes(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    equal(query, "organization_id", (row) => row.projectId, byProject),
    equal(query, "product_resource_id", (row) => row.reference?.serverId ?? null, byHolder),
    equal(query, "product_resource_type", (row) => (row.reference ? "instance_server" : null)),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "volumes", rows, order, view: viewVolume });
}

function createVolume(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const name = required(body, "name");
  const projectId = projectOf(call, body);
  const row = createBlockVolume(
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
  return json(200, viewVolume(row));
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

function updateVolume(call: Call): Answer {
  const { world, now } = call;
  const row = volumeOf(call);
  const body = call.body();
  const size = integer(body, "size") ?? row.size;
  const iops = iopsOf(body, row.iops);
  if (size < row.size) throw invalidArgument("size", "constraint", "a volume cannot shrink");
  const named = blockVolumes(world).put(
    { ...row, name: text(body, "name") ?? row.name, tags: texts(body, "tags") ?? row.tags, modifiedAt: now },
    now,
  );
  const grows = size !== row.size || iops !== row.iops;
  return json(200, viewVolume(grows ? updateBlockVolume(world, named, { size, iops }, now) : named));
}

function deleteVolume(call: Call): Answer {
  const row = volumeOf(call);
  if (row.reference || row.status === "updating")
    throw preconditionFailed(412, "resource_still_in_use", `volume is ${row.status}`);
  blockVolumes(call.world).remove(row.id, call.now);
  return noContent();
}

function viewVolume(row: BlockVolumeRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    type: volumeType(row),
    size: row.size,
    project_id: row.projectId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    references: row.reference
      ? [
          {
            id: row.reference.id,
            product_resource_type: "instance_server",
            product_resource_id: row.reference.serverId,
            created_at: zuluDate(row.reference.createdAt),
            type: "exclusive",
            status: row.reference.status,
          },
        ]
      : [],
    parent_snapshot_id: row.parentSnapshotId,
    status: row.status,
    tags: row.tags,
    specs: { perf_iops: row.iops, class: "sbs" },
    last_detached_at: row.lastDetachedAt === null ? null : zuluDate(row.lastDetachedAt),
    kms_key_id: null,
    zone: row.zone,
  };
}
