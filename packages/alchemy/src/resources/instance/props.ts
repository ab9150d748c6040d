import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes } from "../../kind.ts";
import type { Reference } from "../../reference.ts";
import type { Secret } from "../../secret.ts";

export interface InstanceProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_ZONE, else fr-par-1 */
  zone?: string;
  /** A change replaces it. @default "DEV1-S" */
  type?: string;
  /**
   * A label of the marketplace, or the id of an image. A change replaces it; that a label names a newer image does not.
   * @default "ubuntu_noble"
   */
  image?: string;
  /** @default none */
  tags?: string[];
  /** Of the same zone. @default the project's default security group */
  securityGroup?: Reference;
  /** Addresses of the same zone, all of them. @default none */
  publicIps?: Reference[];
  /** Whether it has an IPv4 address of its own while it runs. @default true without publicIps */
  dynamicIp?: boolean;
  /** In GB of a thousand million bytes. It grows in place; it cannot shrink. @default what the image needs */
  rootVolumeGb?: number;
  /** Block volumes of the same zone beside the root, all of them. @default none */
  volumes?: Reference[];
  /** What cloud-init is given; it reads it when the instance boots for the first time, not after a change. @default none */
  cloudInit?: string | Secret;
  /** More user data, by key; what is no longer named stays. @default none */
  userData?: Record<string, string | Secret>;
  /** @default "running" */
  state?: "running" | "stopped";
}

/** A virtual machine, with its root volume. */
export interface Instance extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par-1` */
  zone: string;
  projectId: string;
  type: string;
  imageId: string;
  /** With the marks of the resource. */
  tags: string[];
  state: "running" | "stopped";
  securityGroupId: string;
  /** Undefined where it has none, or is stopped and had a dynamic one. */
  publicIpv4: string | undefined;
  publicIpv6: string | undefined;
  rootVolumeId: string | undefined;
  rootVolumeGb: number | undefined;
  /** Block volumes beside the root. */
  volumeIds: string[];
}
