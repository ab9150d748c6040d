import type { Body } from "../../http/body.ts";
import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

export interface LbRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly description: string;
  readonly type: string;
  readonly sslCompatibilityLevel: string;
  readonly status: "to_create" | "creating" | "ready" | "migrating" | "error" | "to_delete";
  readonly epoch: number;
  /** The machine that balances; null: none yet. */
  readonly machine: Machine | null;
  /** When it ends, its addresses do too. */
  readonly releasesIps: boolean;
}

export interface Machine {
  readonly id: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly status: "unknown" | "pending" | "ready";
}

/** Its name is the address. */
export interface LbIpRow extends Row {
  readonly projectId: string;
  readonly isIpv6: boolean;
  readonly lbId: string | null;
  readonly reverse: string;
}

/** What belongs to a load balancer, and goes with it. */
export interface LbPart extends Row {
  readonly lbId: string;
  readonly modifiedAt: number;
}

export interface BackendRow extends LbPart {
  /** As the API shows them. */
  readonly settings: Body;
  readonly healthCheck: Body;
  readonly pool: readonly string[];
}

export interface FrontendRow extends LbPart {
  readonly backendId: string;
  readonly certificateIds: readonly string[];
  /** As the API shows them. */
  readonly settings: Body;
}

export interface AclRow extends LbPart {
  readonly frontendId: string;
  readonly index: number;
  readonly description: string;
  readonly action: Body;
  readonly match: Body | null;
}

export interface RouteRow extends LbPart {
  readonly frontendId: string;
  readonly backendId: string;
  readonly match: Body;
}

export interface CertificateRow extends LbPart {
  readonly type: "letsencrypt" | "custom";
  readonly commonName: string;
  readonly alternativeNames: readonly string[];
  readonly status: "pending" | "ready" | "error";
  readonly fingerprint: string;
  /** Null until it is issued. */
  readonly valid: { readonly from: number; readonly until: number } | null;
}

export interface LbNetworkRow extends LbPart {
  readonly privateNetworkId: string;
  readonly status: "pending" | "ready";
  readonly epoch: number;
}

export const byLb: Index<LbPart> = (row) => [row.lbId];
export const ipsByLb: Index<LbIpRow> = (row) => (row.lbId === null ? [] : [row.lbId]);

export const lbs = (world: World): Table<LbRow> => world.store.table<LbRow>("lb");
export const lbIps = (world: World): Table<LbIpRow> => world.store.table<LbIpRow>("lbIp");
export const backends = (world: World): Table<BackendRow> => world.store.table<BackendRow>("lbBackend");
export const frontends = (world: World): Table<FrontendRow> => world.store.table<FrontendRow>("lbFrontend");
export const acls = (world: World): Table<AclRow> => world.store.table<AclRow>("lbAcl");
export const routes = (world: World): Table<RouteRow> => world.store.table<RouteRow>("lbRoute");
export const certificates = (world: World): Table<CertificateRow> =>
  world.store.table<CertificateRow>("lbCertificate");
export const lbNetworks = (world: World): Table<LbNetworkRow> => world.store.table<LbNetworkRow>("lbNetwork");
