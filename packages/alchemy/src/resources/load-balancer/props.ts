import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes } from "../../kind.ts";
import type { Reference } from "../../reference.ts";

export interface LoadBalancerProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_ZONE, else fr-par-1 */
  zone?: string;
  /** `LB-S`, `LB-GP-M`, `LB-GP-L`, …; it migrates in place. @default "LB-S" */
  type?: string;
  /** @default "" */
  description?: string;
  /** @default none */
  tags?: string[];
  /** Whether it has a public IPv4 address, which comes and goes with it. A change replaces it. @default true */
  publicIp?: boolean;
  /** Private networks of its region, all of them. @default none */
  privateNetworks?: Reference[];
}

/** A load balancer. Its frontends and backends are not resources yet. */
export interface LoadBalancer extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par-1` */
  zone: string;
  projectId: string;
  /** In capitals: `LB-S`. */
  type: string;
  description: string;
  /** With the mark of the resource. */
  tags: string[];
  /** Undefined where it has none. */
  ipAddress: string | undefined;
  privateNetworkIds: string[];
}
