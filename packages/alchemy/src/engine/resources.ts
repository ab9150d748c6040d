import { securityGroup } from "../resources/security-group.ts";
import type { SecurityGroup as SecurityGroupAttributes } from "../resources/security-group.ts";
import { vpcPrivateNetwork } from "../resources/vpc-private-network.ts";
import type { VpcPrivateNetwork as VpcPrivateNetworkAttributes } from "../resources/vpc-private-network.ts";
import { vpc } from "../resources/vpc.ts";
import type { Vpc as VpcAttributes } from "../resources/vpc.ts";
import { adapt } from "./adapt.ts";

export type { SecurityGroupProps } from "../resources/security-group.ts";
export type { SecurityRule } from "../resources/security-rules.ts";
export type { VpcPrivateNetworkProps } from "../resources/vpc-private-network.ts";
export type { VpcProps } from "../resources/vpc.ts";

export type SecurityGroup = SecurityGroupAttributes;
export const SecurityGroup = adapt(securityGroup);

export type Vpc = VpcAttributes;
export const Vpc = adapt(vpc);

export type VpcPrivateNetwork = VpcPrivateNetworkAttributes;
export const VpcPrivateNetwork = adapt(vpcPrivateNetwork);
