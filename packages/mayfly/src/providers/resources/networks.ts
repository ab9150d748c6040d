import type { Named } from "./resources.ts";
import type { Shareable } from "./shareable.ts";

/** A private network. On Scaleway it is regional: every zone of the region has it. */
export interface Network extends Named {
  /** CIDRs, IPv4 first. */
  subnets: string[];
}

export interface WantedNetwork {
  name: string;
  zone: string;
  /** An IPv4 CIDR. @default what the cloud chooses */
  subnet?: string;
  /** By id or exact name. @default the project's default VPC */
  vpc?: string;
}

/** `delete` takes the network off every machine first. */
export type Networks = Shareable<Network, WantedNetwork>;
