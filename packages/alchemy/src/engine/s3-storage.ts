import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { ScalewayCredentials } from "@mayfly/scaleway";
import type { Fetch } from "@mayfly/scaleway";
import type { ObjectStorage } from "../object-storage.ts";
import { aclOf } from "./s3-acl.ts";
import { s3Call, s3Failure } from "./s3-failure.ts";
import { fetchHandler } from "./fetch-handler.ts";

export interface S3StorageOptions {
  credentials: ScalewayCredentials;
  region: string;
  /** @default the region's own */
  endpoint?: string;
  fetch: Fetch;
}

/** Object storage by S3's official client, loaded when the first bucket is asked for: it is large. */
export async function createS3Storage({
  credentials: { accessKey, secretKey, projectId },
  region,
  endpoint,
  fetch,
}: S3StorageOptions): Promise<ObjectStorage> {
  const { S3 } = await import("@aws-sdk/client-s3");
  const config: S3ClientConfig = {
    region,
    endpoint: endpoint ?? `https://s3.${region}.scw.cloud`,
    forcePathStyle: endpoint !== undefined,
    // https://www.scaleway.com/en/docs/object-storage/api-cli/using-api-call-list/ says how a key names a project.
    credentials: { accessKeyId: `${accessKey}@${projectId}`, secretAccessKey: secretKey },
    requestHandler: fetchHandler(fetch),
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  };
  const s3 = new S3(config);

  return {
    async list() {
      const { Buckets = [] } = await s3Call("list buckets", () => s3.listBuckets({}));
      return Buckets.map(({ Name = "", CreationDate }) => ({ name: Name, createdAt: CreationDate }));
    },
    async read(Bucket) {
      const tags = await s3Call(`read tags of ${Bucket}`, () =>
        s3.getBucketTagging({ Bucket }).then(
          ({ TagSet = [] }) => TagSet,
          (error: unknown) => {
            const { name } = s3Failure(error);
            if (name === "NoSuchTagSet") return [];
            if (name === "NoSuchBucket") return undefined;
            throw error;
          },
        ),
      );
      if (tags === undefined) return undefined;
      const { Status } = await s3Call(`read versioning of ${Bucket}`, () =>
        s3.getBucketVersioning({ Bucket }),
      );
      const { Grants = [], Owner } = await s3Call(`read grants of ${Bucket}`, () =>
        s3.getBucketAcl({ Bucket }),
      );
      return {
        // `project:project`
        projectId: Owner?.ID?.split(":")[0],
        tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ""])),
        versioning: Status === "Enabled",
        acl: aclOf(Grants),
      };
    },
    async create(Bucket) {
      await s3Call(`create bucket ${Bucket}`, () => s3.createBucket({ Bucket }));
    },
    async setTags(Bucket, tags) {
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await s3Call(`tag bucket ${Bucket}`, () => s3.putBucketTagging({ Bucket, Tagging: { TagSet } }));
    },
    async setVersioning(Bucket, enabled) {
      const VersioningConfiguration = { Status: enabled ? ("Enabled" as const) : ("Suspended" as const) };
      await s3Call(`set versioning of ${Bucket}`, () =>
        s3.putBucketVersioning({ Bucket, VersioningConfiguration }),
      );
    },
    async setAcl(Bucket, ACL) {
      await s3Call(`set grants of ${Bucket}`, () => s3.putBucketAcl({ Bucket, ACL }));
    },
    async empty(Bucket) {
      for (;;) {
        const { Versions = [], DeleteMarkers = [] } = await s3Call(`list what is in ${Bucket}`, () =>
          s3.listObjectVersions({ Bucket }),
        );
        const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
        if (Objects.length === 0) return;
        const { Errors = [] } = await s3Call(`empty ${Bucket}`, () =>
          s3.deleteObjects({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        const [first] = Errors;
        if (first !== undefined) throw new Error(`empty bucket ${Bucket}: ${first.Key}: ${first.Message}`);
      }
    },
    remove: (Bucket) =>
      s3Call(`delete bucket ${Bucket}`, () =>
        s3.deleteBucket({ Bucket }).then(
          () => "gone" as const,
          (error: unknown) => {
            const { name } = s3Failure(error);
            if (name === "NoSuchBucket") return "gone" as const;
            if (name === "BucketNotEmpty") return "notEmpty" as const;
            throw error;
          },
        ),
      ),
  };
}
