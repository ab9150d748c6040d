import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes } from "../../kind.ts";
import type { Reference } from "../../reference.ts";
import type { Secret } from "../../secret.ts";

export interface RdbInstanceProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_REGION, else the region of SCW_DEFAULT_ZONE, else fr-par */
  region?: string;
  /** `PostgreSQL-15`, `MySQL-8`, …. A change replaces it. @default "PostgreSQL-15" */
  engine?: string;
  /** It is changed in place, which takes minutes. @default "DB-DEV-S" */
  nodeType?: string;
  /** A second node that takes over. It is added in place; without it again, the instance is replaced. @default false */
  highAvailability?: boolean;
  /** The first user, who may do everything. A change replaces nothing and makes nobody: see RdbUser. @default "admin" */
  userName?: string;
  /** The first user's. Wrap it in `alchemy.secret`. It is set with each change. */
  password: string | Secret;
  /** It is changed in place, from local to block. @default "lssd" */
  volumeType?: "lssd" | "sbs_5k" | "sbs_15k";
  /** In GB, a multiple of 5, for volumes that are not local. It grows in place; it cannot shrink. @default 10 */
  volumeGb?: number;
  /** Whether the cloud makes no backups of its own. @default false */
  disableBackups?: boolean;
  /** Whether the backups that there are stay when it is deleted. @default false */
  keepBackups?: boolean;
  /** Whether it is reached from the internet. @default true without privateNetwork */
  publicEndpoint?: boolean;
  /** The private network from which it is reached. @default none */
  privateNetwork?: Reference;
  /** @default none */
  tags?: string[];
}

/** A managed database server. */
export interface RdbInstance extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par` */
  region: string;
  projectId: string;
  engine: string;
  nodeType: string;
  highAvailability: boolean;
  volumeType: string;
  volumeGb: number;
  /** With the mark of the resource. */
  tags: string[];
  /** Undefined where it has none. */
  publicEndpoint: RdbEndpoint | undefined;
  /** Undefined where it has none. */
  privateEndpoint: RdbEndpoint | undefined;
}

/** Where a database server is reached. */
export interface RdbEndpoint {
  ip: string | undefined;
  hostname: string | undefined;
  port: number;
  /** Undefined where it is public. */
  privateNetworkId: string | undefined;
}
