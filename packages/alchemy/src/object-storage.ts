/** Buckets of one region, as far as the resource needs them. Failures are `ScalewayCallError`s. */
export interface ObjectStorage {
  list(): Promise<{ name: string; createdAt?: Date }[]>;
}
