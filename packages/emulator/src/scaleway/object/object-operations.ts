import { createHash } from "node:crypto";
import type { Answer, Call } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { aclAnswer } from "./access-control.ts";
import { bucketOf } from "./bucket-of.ts";
import { putVersion } from "./put-version.ts";
import { byBucket, objects } from "./rows.ts";
import type { BucketRow, ObjectRow } from "./rows.ts";
import { bare, textAnswer, xmlAnswer } from "./storage-answers.ts";
import { StorageError } from "./storage-error.ts";
import { unchunked } from "./unchunked.ts";
import { NAMESPACE, textsOf } from "./xml.ts";
import type { Xml } from "./xml.ts";

const NO_TAGS = '<?xml version="1.0" encoding="UTF-8"?>\n<Tagging><TagSet></TagSet></Tagging>';

export function putObject(call: Call): Answer {
  const bucket = bucketOf(call);
  const isChunked = call.headers["content-encoding"]?.includes("aws-chunked") ?? false;
  const content = isChunked ? unchunked(call.bytes) : Buffer.from(call.bytes);
  const given = {
    name: call.params.key ?? "",
    isMarker: false,
    contentType: call.headers["content-type"] ?? "binary/octet-stream",
    base64: content.toString("base64"),
    size: content.length,
    etag: createHash("md5").update(content).digest("hex"),
    acl: call.headers["x-amz-acl"] ?? "private",
    checksum: checksumOf(call),
  };
  const row = putVersion(call.world, bucket, given, call.now);
  return bare(200, { ETag: `"${row.etag}"`, ...versionHeader(bucket, row) });
}

/** By what the client proves its content; it is taken at its word. */
function checksumOf({ headers }: Call): string | null {
  const named = [headers["x-amz-trailer"] ?? "", ...Object.keys(headers)].join(" ");
  return /x-amz-checksum-(\w+)/.exec(named)?.[1]?.toUpperCase() ?? null;
}

function versionHeader({ versioning }: BucketRow, { versionId }: ObjectRow): Record<string, string> {
  return versioning === "" ? {} : { "x-amz-version-id": versionId };
}

/** Every version of every key, the keys in their order, the youngest version first. */
export function versionsIn(world: World, bucket: string): ObjectRow[] {
  return objects(world)
    .by(byBucket, bucket)
    .toReversed()
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The version that the request names, or the latest one. */
function objectOf(call: Call): { bucket: BucketRow; row: ObjectRow } {
  const bucket = bucketOf(call);
  const wanted = call.query.get("versionId");
  const versions = versionsIn(call.world, bucket.name).filter(({ name }) => name === call.params.key);
  const row = wanted === null ? versions[0] : versions.find(({ versionId }) => versionId === wanted);
  if (!row || row.isMarker) throw new StorageError(wanted === null ? "NoSuchKey" : "NoSuchVersion");
  return { bucket, row };
}

export function getObject(call: Call): Answer {
  const { bucket, row } = objectOf(call);
  const bytes = Buffer.from(row.base64, "base64");
  return { ...bare(200, { ...headersOf(row), ...versionHeader(bucket, row) }), bytes };
}

export function headObject(call: Call): Answer {
  const { bucket, row } = objectOf(call);
  const length = { "Content-Length": String(row.size) };
  return bare(200, { ...headersOf(row), ...versionHeader(bucket, row), ...length });
}

function headersOf(row: ObjectRow): Record<string, string> {
  return {
    "Content-Type": row.contentType,
    ETag: `"${row.etag}"`,
    "Last-Modified": new Date(row.createdAt).toUTCString(),
  };
}

export function getObjectAcl(call: Call): Answer {
  const { bucket, row } = objectOf(call);
  return aclAnswer(row.acl, bucket.projectId);
}

export function getObjectTagging(call: Call): Answer {
  return textAnswer(objectOf(call).row.tagging ?? NO_TAGS, "text/xml; charset=utf-8");
}

export function putObjectTagging(call: Call): Answer {
  objects(call.world).put({ ...objectOf(call).row, tagging: call.text }, call.now);
  return bare(200);
}

/** What is not there is deleted too. */
export function deleteObject(call: Call): Answer {
  const bucket = bucketOf(call);
  const headers = remove(call, bucket, call.params.key ?? "", call.query.get("versionId"));
  return bare(204, headers);
}

/** With versions, a key is hidden behind a marker; only a version itself is removed. */
function remove(
  call: Call,
  bucket: BucketRow,
  key: string,
  versionId: string | null,
): Record<string, string> {
  if (versionId === null && bucket.versioning !== "") {
    const gone = { contentType: "", base64: "", size: 0, etag: "", acl: "", checksum: null };
    const marker = putVersion(call.world, bucket, { ...gone, name: key, isMarker: true }, call.now);
    return { "x-amz-delete-marker": "true", "x-amz-version-id": marker.versionId };
  }
  objects(call.world).remove(`${bucket.name}/${versionId ?? "null"}/${key}`, call.now);
  return versionId === null ? {} : { "x-amz-version-id": versionId };
}

/** POST ?delete: up to a thousand at once. */
export function deleteObjects(call: Call): Answer {
  const bucket = bucketOf(call);
  const orders = [...call.text.matchAll(/<Object>([\s\S]*?)<\/Object>/g)].map(([, order = ""]) => order);
  if (orders.length === 0) throw new StorageError("MalformedXML");
  const deleted: Xml[] = orders.map((order) => {
    const [key = ""] = textsOf(order, "Key");
    const [versionId] = textsOf(order, "VersionId");
    remove(call, bucket, key, versionId ?? null);
    return { Key: key, VersionId: versionId };
  });
  const isQuiet = textsOf(call.text, "Quiet")[0] === "true";
  return xmlAnswer({ [`DeleteResult ${NAMESPACE}`]: isQuiet ? "" : { Deleted: deleted } });
}
