import { isUuid } from "../../http/body.ts";
import type { Answer, Call } from "../../http/route.ts";
import { listed, placeOf } from "../listed.ts";
import { isKnownProject } from "../project.ts";
import { BUSY_CREATES } from "../seed/sentinels.ts";
import { givenAcl } from "./access-control.ts";
import { bucketOf } from "./bucket-of.ts";
import { ownerOf } from "./owner-of.ts";
import { buckets, byBucket, objects } from "./rows.ts";
import type { BucketRow } from "./rows.ts";
import { bare, xmlAnswer } from "./storage-answers.ts";
import { StorageError } from "./storage-error.ts";
import { NAMESPACE } from "./xml.ts";

const NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Buckets have no type: they fail by what their name begins with. */
export const BUCKET_SENTINELS = {
  taken: "mayfly-taken",
  quota: "mayfly-quota",
  busy: "mayfly-busy",
  lostAnswer: "mayfly-lost-answer",
} as const;

export function createBucket(call: Call): Answer {
  const { world, now } = call;
  const name = call.params.bucket ?? "";
  const has = (which: keyof typeof BUCKET_SENTINELS): boolean => name.startsWith(BUCKET_SENTINELS[which]);
  if (!NAME.test(name)) throw new StorageError("InvalidBucketName");
  if (has("busy") && world.store.next("busy buckets") <= BUSY_CREATES) throw new StorageError("SlowDown");
  if (has("quota")) throw new StorageError("TooManyBuckets");
  if (has("taken")) throw new StorageError("BucketAlreadyExists");
  const projectId = projectOf(call);
  const known = buckets(world).get(name);
  if (known)
    throw new StorageError(known.projectId === projectId ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists");
  const isLocked = call.headers["x-amz-bucket-object-lock-enabled"] === "true";
  const configurations: BucketRow["configurations"] = isLocked ? { "object-lock": LOCKED } : {};
  buckets(world).put(
    {
      id: name,
      name,
      zone: placeOf(call),
      tags: [],
      createdAt: now,
      projectId,
      versioning: isLocked ? "Enabled" : "",
      acl: givenAcl({ ...call, text: "" }),
      configurations,
    },
    now,
  );
  return { ...bare(200, { Location: `/${name}` }), lost: has("lostAnswer") };
}

const LOCKED =
  "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";

/** `SCW…@PROJECT` is a key for another project than its own. https://www.scaleway.com/en/docs/object-storage/api-cli/using-api-call-list/ */
function projectOf({ world, params }: Call): string {
  const [, given = ""] = (params["accessKey"] ?? "").split("@");
  if (!isUuid(given)) return world.projectId;
  if (!isKnownProject(world, given)) throw new StorageError("AccessDenied");
  return given;
}

/** Only one without any version of any object. */
export function deleteBucket(call: Call): Answer {
  const row = bucketOf(call);
  if (objects(call.world).by(byBucket, row.name).length > 0) throw new StorageError("BucketNotEmpty");
  buckets(call.world).remove(row.id, call.now);
  return bare(204);
}

export function headBucket(call: Call): Answer {
  const { zone } = bucketOf(call);
  return bare(200, { "Content-Type": "application/xml", "x-amz-bucket-region": zone });
}

export function getLocation(call: Call): Answer {
  return xmlAnswer({ [`LocationConstraint ${NAMESPACE}`]: bucketOf(call).zone });
}

export function listBuckets(call: Call): Answer {
  const projectId = projectOf(call);
  const rows = listed(call, buckets(call.world)).filter((row) => row.projectId === projectId);
  const shown = call.missPage ? [] : rows;
  return xmlAnswer({
    [`ListAllMyBucketsResult ${NAMESPACE}`]: {
      Owner: ownerOf(projectId),
      Buckets: {
        Bucket: shown
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt).toISOString() })),
      },
    },
  });
}
