import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

/** All these belong to a region; `zone` names it. */
export interface InstanceRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly engine: string;
  readonly nodeType: string;
  readonly isHa: boolean;
  readonly volume: { readonly type: string; readonly size: number };
  readonly backup: { readonly disabled: boolean; readonly frequency: number; readonly retention: number };
  readonly backupSameRegion: boolean;
  readonly encrypted: boolean;
  readonly logs: { readonly maxAge: number; readonly totalDisk: number | null };
  readonly settings: readonly Setting[];
  readonly initSettings: readonly Setting[];
  readonly endpoints: readonly Endpoint[];
  readonly acl: readonly AclRule[];
  readonly users: readonly User[];
  readonly databases: readonly Database[];
  readonly privileges: readonly Privilege[];
  readonly status: "provisioning" | "initializing" | "configuring" | "ready" | "deleting";
  readonly epoch: number;
  /** What is true when it is ready again. */
  readonly pending: Pending;
}

export interface Pending {
  readonly addsPublicEndpoint?: boolean;
  readonly removesEndpoint?: string;
  /** Of the instance that this one takes the place of. */
  readonly takesEndpointsOf?: string;
}

export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Public by a load balancer, or in a private network. */
export interface Endpoint {
  readonly id: string;
  readonly ip: string;
  readonly port: number;
  readonly network: {
    readonly id: string;
    readonly mode: "ipam" | "static";
    readonly serviceIp: string;
  } | null;
}

export interface AclRule {
  readonly ip: string;
  readonly description: string;
}

export interface User {
  readonly name: string;
  readonly isAdmin: boolean;
}

export interface Database {
  readonly name: string;
  readonly owner: string;
}

export interface Privilege {
  readonly user: string;
  readonly database: string;
  readonly permission: string;
}

/** What is kept of an instance, and outlives it. */
interface Copy extends Row {
  readonly projectId: string;
  readonly modifiedAt: number | null;
  readonly instanceId: string;
  readonly instanceName: string;
  readonly expiresAt: number | null;
  readonly size: number | null;
  readonly epoch: number;
}

export interface SnapshotRow extends Copy {
  readonly status: "creating" | "ready" | "deleting";
  /** What an instance is made of from it. */
  readonly of: Pick<
    InstanceRow,
    | "tags"
    | "engine"
    | "nodeType"
    | "volume"
    | "settings"
    | "initSettings"
    | "users"
    | "databases"
    | "privileges"
  >;
}

export interface BackupRow extends Copy {
  readonly status: "creating" | "ready" | "exporting" | "restoring" | "deleting";
  readonly databaseName: string;
  readonly sameRegion: boolean;
  readonly downloadUrl: string | null;
  readonly downloadExpiresAt: number | null;
}

export const byEndpoint: Index<InstanceRow> = (row) => row.endpoints.map(({ id }) => id);

export const instances = (world: World): Table<InstanceRow> => world.store.table<InstanceRow>("rdbInstance");
export const snapshots = (world: World): Table<SnapshotRow> => world.store.table<SnapshotRow>("rdbSnapshot");
export const backups = (world: World): Table<BackupRow> => world.store.table<BackupRow>("rdbBackup");
