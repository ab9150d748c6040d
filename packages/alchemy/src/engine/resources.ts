import { iamSshKey } from "../resources/iam-ssh-key.ts";
import type { IamSshKey as IamSshKeyAttributes } from "../resources/iam-ssh-key.ts";
import { instance } from "../resources/instance/instance.ts";
import type { Instance as InstanceAttributes } from "../resources/instance/props.ts";
import { instanceIp } from "../resources/instance-ip.ts";
import type { InstanceIp as InstanceIpAttributes } from "../resources/instance-ip.ts";
import { instanceVolume } from "../resources/instance-volume.ts";
import type { InstanceVolume as InstanceVolumeAttributes } from "../resources/instance-volume.ts";
import { privateNic } from "../resources/private-nic.ts";
import type { PrivateNic as PrivateNicAttributes } from "../resources/private-nic.ts";
import { securityGroup } from "../resources/security-group.ts";
import type { SecurityGroup as SecurityGroupAttributes } from "../resources/security-group.ts";
import { vpcPrivateNetwork } from "../resources/vpc-private-network.ts";
import type { VpcPrivateNetwork as VpcPrivateNetworkAttributes } from "../resources/vpc-private-network.ts";
import { vpc } from "../resources/vpc.ts";
import type { Vpc as VpcAttributes } from "../resources/vpc.ts";
import { bucket } from "../resources/bucket.ts";
import type { Bucket as BucketAttributes } from "../resources/bucket.ts";
import { functionNamespace } from "../resources/function-namespace.ts";
import type { FunctionNamespace as FunctionNamespaceAttributes } from "../resources/function-namespace.ts";
import { loadBalancer } from "../resources/load-balancer/load-balancer.ts";
import type { LoadBalancer as LoadBalancerAttributes } from "../resources/load-balancer/props.ts";
import { rdbDatabase } from "../resources/rdb/rdb-database.ts";
import type { RdbDatabase as RdbDatabaseAttributes } from "../resources/rdb/rdb-database.ts";
import { rdbInstance } from "../resources/rdb/rdb-instance.ts";
import type { RdbInstance as RdbInstanceAttributes } from "../resources/rdb/rdb-instance-props.ts";
import { rdbUser } from "../resources/rdb/rdb-user.ts";
import type { RdbUser as RdbUserAttributes } from "../resources/rdb/rdb-user.ts";
import { adapt } from "./adapt.ts";

export type { BucketProps } from "../resources/bucket.ts";
export type { FunctionNamespaceProps } from "../resources/function-namespace.ts";
export type { LoadBalancerProps } from "../resources/load-balancer/props.ts";
export type { RdbDatabaseProps } from "../resources/rdb/rdb-database.ts";
export type { RdbInstanceProps } from "../resources/rdb/rdb-instance-props.ts";
export type { RdbUserProps } from "../resources/rdb/rdb-user.ts";
export type { IamSshKeyProps } from "../resources/iam-ssh-key.ts";
export type { InstanceProps } from "../resources/instance/props.ts";
export type { InstanceIpProps } from "../resources/instance-ip.ts";
export type { InstanceVolumeProps } from "../resources/instance-volume.ts";
export type { PrivateNicProps } from "../resources/private-nic.ts";
export type { SecurityGroupProps } from "../resources/security-group.ts";
export type { SecurityRule } from "../resources/security-rules.ts";
export type { VpcPrivateNetworkProps } from "../resources/vpc-private-network.ts";
export type { VpcProps } from "../resources/vpc.ts";

export type IamSshKey = IamSshKeyAttributes;
export const IamSshKey = adapt(iamSshKey);

export type Instance = InstanceAttributes;
export const Instance = adapt(instance);

export type InstanceIp = InstanceIpAttributes;
export const InstanceIp = adapt(instanceIp);

export type InstanceVolume = InstanceVolumeAttributes;
export const InstanceVolume = adapt(instanceVolume);

export type PrivateNic = PrivateNicAttributes;
export const PrivateNic = adapt(privateNic);

export type SecurityGroup = SecurityGroupAttributes;
export const SecurityGroup = adapt(securityGroup);

export type Vpc = VpcAttributes;
export const Vpc = adapt(vpc);

export type VpcPrivateNetwork = VpcPrivateNetworkAttributes;
export const VpcPrivateNetwork = adapt(vpcPrivateNetwork);

export type Bucket = BucketAttributes;
export const Bucket = adapt(bucket);

export type FunctionNamespace = FunctionNamespaceAttributes;
export const FunctionNamespace = adapt(functionNamespace);

export type LoadBalancer = LoadBalancerAttributes;
export const LoadBalancer = adapt(loadBalancer);

export type RdbDatabase = RdbDatabaseAttributes;
export const RdbDatabase = adapt(rdbDatabase);

export type RdbInstance = RdbInstanceAttributes;
export const RdbInstance = adapt(rdbInstance);

export type RdbUser = RdbUserAttributes;
export const RdbUser = adapt(rdbUser);
