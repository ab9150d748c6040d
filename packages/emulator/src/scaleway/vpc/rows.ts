import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

/** All these belong to a region; `zone` names it. */
interface VpcThing extends Row {
  readonly modifiedAt: number;
}

export interface VpcRow extends VpcThing {
  readonly projectId: string;
  readonly isDefault: boolean;
  readonly routingEnabled: boolean;
  readonly customRoutesPropagationEnabled: boolean;
  readonly transitivityEnabled: boolean;
  readonly s3IntegrationEnabled: boolean;
  readonly acls: { readonly ipv4: Acl; readonly ipv6: Acl };
}

export interface Acl {
  readonly rules: readonly AclRule[];
  readonly defaultPolicy: string;
}

export interface AclRule {
  readonly protocol: string;
  readonly source: string;
  readonly srcPortLow: number;
  readonly srcPortHigh: number;
  readonly destination: string;
  readonly dstPortLow: number;
  readonly dstPortHigh: number;
  readonly action: string;
  readonly description: string | null;
}

export interface PrivateNetworkRow extends VpcThing {
  readonly projectId: string;
  readonly vpcId: string;
  /** IPv4 before IPv6. */
  readonly subnets: readonly Subnet[];
  readonly dhcpEnabled: boolean;
  readonly defaultRoutePropagationEnabled: boolean;
  readonly s3IntegrationEnabled: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly cidr: string;
  readonly createdAt: number;
}

export interface RouteRow extends VpcThing {
  readonly vpcId: string;
  readonly description: string;
  readonly destination: string;
  readonly nexthopResourceId: string | null;
  readonly nexthopPrivateNetworkId: string | null;
  readonly nexthopVpcConnectorId: string | null;
}

export interface IngressRuleRow extends VpcThing {
  readonly projectId: string;
  readonly vpcId: string;
  readonly description: string;
  readonly source: string;
  readonly nexthopResourceIp: string;
  readonly nexthopPrivateNetworkId: string;
}

export interface VpcConnectorRow extends VpcThing {
  readonly projectId: string;
  readonly vpcId: string;
  readonly targetVpcId: string;
}

export const byVpc: Index<Row & { readonly vpcId: string }> = (row) => [row.vpcId];

export const vpcs = (world: World): Table<VpcRow> => world.store.table<VpcRow>("vpc");
export const privateNetworks = (world: World): Table<PrivateNetworkRow> =>
  world.store.table<PrivateNetworkRow>("privateNetwork");
export const customRoutes = (world: World): Table<RouteRow> => world.store.table<RouteRow>("customRoute");
export const ingressRules = (world: World): Table<IngressRuleRow> =>
  world.store.table<IngressRuleRow>("ingressRule");
export const vpcConnectors = (world: World): Table<VpcConnectorRow> =>
  world.store.table<VpcConnectorRow>("vpcConnector");
