/** Buckets of one region. Failures are `ScalewayCallError`s; what is not there is `undefined`, or already as wanted. */
export interface ObjectStorage {
  list(): Promise<{ name: string; createdAt?: Date }[]>;
  read(name: string): Promise<BucketState | undefined>;
  create(name: string): Promise<void>;
  setTags(name: string, tags: Record<string, string>): Promise<void>;
  setVersioning(name: string, enabled: boolean): Promise<void>;
  setAcl(name: string, acl: BucketAcl): Promise<void>;
  /** Deletes every object, in every version. */
  empty(name: string): Promise<void>;
  remove(name: string): Promise<"gone" | "notEmpty">;
}

export interface BucketState {
  /** Undefined where the cloud does not say whose it is. */
  projectId: string | undefined;
  tags: Record<string, string>;
  versioning: boolean;
  /** `other` has grants that no name stands for. */
  acl: BucketAcl | "other";
}

export type BucketAcl = "private" | "public-read" | "public-read-write" | "authenticated-read";
