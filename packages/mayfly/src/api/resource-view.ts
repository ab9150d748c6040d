import type { Resource, ResourceKind } from "./resource-kind.ts";

/** A network, firewall, volume or key as it goes out: ISO times. */
export type ResourceView<K extends ResourceKind> = Omit<Resource[K], "createdAt"> & { createdAt?: string };

export function resourceView<K extends ResourceKind>({ createdAt, ...thing }: Resource[K]): ResourceView<K> {
  return createdAt === undefined ? thing : { ...thing, createdAt: new Date(createdAt).toISOString() };
}
