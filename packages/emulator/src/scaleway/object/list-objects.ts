import type { Answer, Call } from "../../http/route.ts";
import { bucketOf } from "./bucket-of.ts";
import { versionsIn } from "./object-operations.ts";
import { ownerOf } from "./owner-of.ts";
import type { ObjectRow } from "./rows.ts";
import { xmlAnswer } from "./storage-answers.ts";
import { NAMESPACE } from "./xml.ts";
import type { Xml } from "./xml.ts";

const MOST = 1_000;

/** GET of a bucket, in the first form (with `Marker`) and the second (`list-type=2`). */
export function listObjects(call: Call): Answer {
  const { query } = call;
  const bucket = bucketOf(call);
  const isSecond = query.get("list-type") === "2";
  const after = query.get("continuation-token") ?? query.get("start-after") ?? query.get("marker") ?? "";
  const seen = new Set<string>();
  const latest = versionsIn(call.world, bucket.name).filter(({ name }) => !seen.has(name) && seen.add(name));
  const { page, prefixes, isTruncated, last } = pageOf(
    call,
    latest.filter(({ isMarker }) => !isMarker),
    after,
  );
  const next = isTruncated ? last : undefined;
  return xmlAnswer({
    [`ListBucketResult ${NAMESPACE}`]: {
      Name: bucket.name,
      Prefix: query.get("prefix") ?? "",
      ...(isSecond
        ? { KeyCount: page.length + prefixes.length, NextContinuationToken: next }
        : { Marker: query.get("marker") ?? "", NextMarker: next }),
      MaxKeys: mostOf(query),
      Delimiter: query.get("delimiter") ?? undefined,
      IsTruncated: isTruncated,
      Contents: page.map((row) => ({
        Key: row.name,
        LastModified: new Date(row.createdAt).toISOString(),
        ETag: `"${row.etag}"`,
        Size: row.size,
        ...(isSecond ? {} : { Owner: ownerOf(bucket.projectId) }),
        StorageClass: "STANDARD",
        ...checksum(row),
      })),
      CommonPrefixes: prefixes.map((Prefix) => ({ Prefix })),
    },
  });
}

/** GET ?versions. */
export function listVersions(call: Call): Answer {
  const { query } = call;
  const bucket = bucketOf(call);
  const rows = versionsIn(call.world, bucket.name);
  const { page, isTruncated, last } = pageOf(call, rows, query.get("key-marker") ?? "");
  const view = (row: ObjectRow): { readonly [name: string]: Xml } => ({
    IsLatest: rows.find(({ name }) => name === row.name) === row,
    Key: row.name,
    LastModified: new Date(row.createdAt).toISOString(),
    Owner: ownerOf(bucket.projectId),
    VersionId: row.versionId,
  });
  return xmlAnswer({
    [`ListVersionsResult ${NAMESPACE}`]: {
      Name: bucket.name,
      Prefix: query.get("prefix") ?? "",
      IsTruncated: isTruncated,
      KeyMarker: query.get("key-marker") ?? "",
      NextKeyMarker: isTruncated ? last : undefined,
      MaxKeys: mostOf(query),
      VersionIdMarker: "",
      Version: page
        .filter(({ isMarker }) => !isMarker)
        .map((row) => ({
          ...view(row),
          Size: row.size,
          StorageClass: "STANDARD",
          ETag: `"${row.etag}"`,
          ...checksum(row),
        })),
      DeleteMarker: page.filter(({ isMarker }) => isMarker).map(view),
    },
  });
}

function checksum(row: ObjectRow): { readonly [name: string]: Xml } {
  return row.checksum === null ? {} : { ChecksumAlgorithm: row.checksum, ChecksumType: "FULL_OBJECT" };
}

interface Page {
  readonly page: readonly ObjectRow[];
  /** What stands for the keys that go on after the delimiter. */
  readonly prefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The key with which the page ends, all of whose versions are on the page; or what stands for several. */
  readonly last: string;
}

function pageOf(call: Call, rows: readonly ObjectRow[], after: string): Page {
  const { query } = call;
  const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
  const groupOf = ({ name }: ObjectRow): string | undefined => {
    const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : name.slice(0, end + delimiter.length);
  };
  const entryOf = (row: ObjectRow): string => groupOf(row) ?? row.name;
  const isAfter = (row: ObjectRow): boolean => row.name > after && entryOf(row) !== after;
  const fitting = call.missPage ? [] : rows.filter((row) => row.name.startsWith(prefix) && isAfter(row));
  const entries = [...new Set(fitting.map(entryOf))];
  const shown = new Set(entries.slice(0, mostOf(query)));
  const page = fitting.filter((row) => shown.has(entryOf(row)));
  return {
    page: page.filter((row) => groupOf(row) === undefined),
    prefixes: [...new Set(page.map(groupOf).filter((group) => group !== undefined))],
    isTruncated: entries.length > shown.size,
    last: [...shown].at(-1) ?? "",
  };
}

function mostOf(query: URLSearchParams): number {
  const given = Number(query.get("max-keys") ?? MOST);
  return Number.isInteger(given) && given > 0 ? Math.min(given, MOST) : MOST;
}
