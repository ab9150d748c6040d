import { integer, text, texts } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";
import { uuid } from "../../../http/uuids.ts";
import { requiredChoice } from "./choice.ts";

/** A volume that a new server is to come with. */
export interface VolumeOrder {
  readonly kind: VolumeKind;
  readonly name: string;
  readonly tags: readonly string[];
  readonly sizeBytes: number | null;
  readonly imageLabel: string | null;
  readonly snapshotId: string | null;
  readonly iops: number | null;
}

const VOLUME_KINDS = ["l_ssd", "sbs", "scratch"] as const;
export type VolumeKind = (typeof VOLUME_KINDS)[number];

/** @param kind the volume's type, where another object names it */
export function volumeOrder(body: Body, kind = volumeKind(body)): VolumeOrder {
  // The Python SDK sends 0 for what its caller leaves open.
  const sizeBytes = integer(body, "size") || null;
  if (sizeBytes !== null && sizeBytes < 0) throw invalidArgument("size", "constraint", "must be positive");
  const imageLabel = text(body, "image_label") || null;
  const snapshotId = uuid(body, "base_snapshot_id") ?? null;
  if (imageLabel && snapshotId)
    throw invalidArgument(
      "image_label",
      "constraint",
      "only one of base_snapshot_id and image_label may be set",
    );
  const iops = integer(body, "perf_iops") || null;
  if (iops !== null && iops !== 5000 && iops !== 15_000)
    throw invalidArgument("perf_iops", "constraint", "must be 5000 or 15000");
  const name = text(body, "name") ?? "";
  return { kind, name, tags: texts(body, "tags") ?? [], sizeBytes, imageLabel, snapshotId, iops };
}

export function volumeKind(body: Body): VolumeKind {
  return requiredChoice(body, "volume_type", VOLUME_KINDS);
}
