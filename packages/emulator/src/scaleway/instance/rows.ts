import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

export type ServerState = "stopped" | "starting" | "running" | "stopping" | "stopped in place";

export interface AttachedVolume {
  readonly id: string;
  readonly kind: "sbs_volume" | "l_ssd" | "scratch";
  readonly boot: boolean;
  /** Came after the create: the server shows its attaching. */
  readonly late?: boolean;
}

export interface AttachedFileSystem {
  readonly id: string;
  readonly state: "attaching" | "available" | "detaching";
}

export interface ServerRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly commercialType: string;
  readonly arch: string;
  readonly bootType: string;
  readonly imageId: string | null;
  readonly state: ServerState;
  readonly stateDetail: string;
  /** Grows with every change of state that is asked for: overtakes what was planned before. */
  readonly epoch: number;
  readonly protected: boolean;
  readonly volumes: Readonly<Record<string, AttachedVolume>>;
  readonly ipIds: readonly string[];
  readonly dynamicIpRequired: boolean;
  readonly dynamicIp: { readonly id: string; readonly address: string } | null;
  readonly enableIpv6: boolean;
  readonly macAddress: string;
  readonly hypervisor: string | null;
  readonly securityGroupId: string;
  readonly placementGroupId: string | null;
  readonly adminKeyId: string | null;
  readonly userData: Readonly<Record<string, string>>;
  /** @default none */
  readonly fileSystems?: readonly AttachedFileSystem[];
  /** The addresses and local volumes that its end is the end of. @default none */
  readonly takesAlong?: readonly string[];
  /** The network cards that its end is not the end of. @default none */
  readonly leavesBehind?: readonly string[];
}

export interface IpRow extends Row {
  readonly projectId: string;
  readonly family: "inet" | "inet6";
  /** The address, or the prefix without its length. */
  readonly address: string;
  readonly reverse: string | null;
  readonly serverId: string | null;
  /** When a machine that was running got it. @default none was */
  readonly pendingSince?: number | null;
  /** Only ipam still knows it, until a server has it again. @default no */
  readonly isReleased?: boolean;
}

/** A local volume (l_ssd or scratch); block volumes belong to the block product. */
export interface LocalVolumeRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly kind: "l_ssd" | "scratch";
  readonly size: number;
  readonly serverId: string | null;
}

export interface SecurityGroupRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly description: string | null;
  readonly stateful: boolean;
  readonly inbound: string;
  readonly outbound: string;
  /** New servers of the project go there. */
  readonly isDefault: boolean;
  /** The cloud made it when a project first needed one. @default whether it is the default one */
  readonly isGenerated?: boolean;
  readonly defaultSecurity: boolean;
  readonly rules: readonly RuleRow[];
}

export interface RuleRow {
  readonly id: string;
  readonly protocol: string;
  readonly direction: string;
  readonly action: string;
  readonly ipRange: string;
  readonly portFrom: number | null;
  readonly portTo: number | null;
  /** Our own end of the traffic, of which v1 knows nothing. @default any address, any port */
  readonly near?: {
    readonly ipRange: string;
    readonly ports: { readonly start: number; readonly end: number } | null;
  };
}

/** A network card in a private network; ipam knows its addresses. */
export interface PrivateNicRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly serverId: string | null;
  readonly privateNetworkId: string;
  readonly securityGroupId: string | null;
  readonly macAddress: string;
  readonly status: "attaching" | "available" | "detaching";
  readonly epoch: number;
}

export const byServer: Index<PrivateNicRow> = (row) => (row.serverId === null ? [] : [row.serverId]);
export const byPrivateNetwork: Index<PrivateNicRow> = (row) => [row.privateNetworkId];
export const bySecurityGroup: Index<ServerRow> = (row) => [row.securityGroupId];
export const byAddress: Index<IpRow> = (row) => [row.address];

export const servers = (world: World): Table<ServerRow> => world.store.table<ServerRow>("server");
export const privateNics = (world: World): Table<PrivateNicRow> =>
  world.store.table<PrivateNicRow>("privateNic");
export const ips = (world: World): Table<IpRow> => world.store.table<IpRow>("ip");
export const localVolumes = (world: World): Table<LocalVolumeRow> =>
  world.store.table<LocalVolumeRow>("localVolume");
export const securityGroups = (world: World): Table<SecurityGroupRow> =>
  world.store.table<SecurityGroupRow>("securityGroup");
