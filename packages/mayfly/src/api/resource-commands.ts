import type { ChangeVolume } from "./change-volume.ts";
import type { CreateResource } from "./create-resource.ts";
import type { Resource, ResourceKind } from "./resource-kind.ts";

/**
 * What a user can do with what machines live among. It is done in the cloud when the promise resolves, which may take
 * minutes; there are no rows of it. A kind that the account's cloud has not is refused.
 */
export interface ResourceCommands {
  /** Where the account can have things. */
  zones(query: { account?: string }): Promise<Zone[]>;
  /** All of the project, ours or not. */
  listResources<K extends ResourceKind>(kind: K, query: Where): Promise<Resource[K][]>;
  /** `reference` is the cloud's id, or a name. */
  findResource<K extends ResourceKind>(kind: K, reference: string, query: Where): Promise<Resource[K]>;
  /** The one of this name, made when there is none: a repeat after an unknown outcome finds what was made. */
  createResource<K extends ResourceKind>(kind: K, request: CreateResource[K]): Promise<Resource[K]>;
  /**
   * A volume made larger, attached to an instance's machine, or taken off the machine that has it. What is so already is
   * left as it is.
   */
  changeVolume<V extends keyof ChangeVolume>(
    verb: V,
    reference: string,
    wanted: ChangeVolume[V],
  ): Promise<Resource["volume"]>;
  /** Answers what it was. Refused while something uses it, unless forced. */
  deleteResource<K extends ResourceKind>(
    kind: K,
    reference: string,
    query: Where & { force?: boolean },
  ): Promise<Resource[K]>;
}

export interface Where {
  /** @default the only account */
  account?: string;
  /** @default the account's default zone */
  zone?: string;
}

export interface Zone {
  name: string;
  /** What is asked for without a zone is there. */
  isDefault: boolean;
}
