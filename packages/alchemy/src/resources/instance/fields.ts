import type { Instancev1 } from "@mayfly/scaleway";
import type { Kind } from "../../kind.ts";
import { idOf } from "../../reference.ts";
import { reveal } from "../../secret.ts";
import { sorted } from "../../sorted.ts";
import { imageIn, imageTag, isImageId } from "./image.ts";
import type { Instance, InstanceProps } from "./props.ts";
import { attachedIps, attachedVolumes } from "./whole.ts";
import type { WholeInstance } from "./whole.ts";

export const TYPE = "DEV1-S";
export const IMAGE = "ubuntu_noble";

export const fields = {
  projectId: { want: ({ projectId }) => projectId, is: ({ server }) => server.project, replaces: true },
  type: {
    want: ({ props }) => props.type ?? TYPE,
    is: ({ server }) => server.commercialType,
    replaces: true,
  },
  image: {
    want: ({ props }) => props.image ?? IMAGE,
    // One that was adopted says nothing of its label.
    is: ({ server }, { props: { image = IMAGE } }) =>
      isImageId(image) ? server.image?.id : (imageIn(server.tags) ?? image),
    replaces: true,
  },
  name: { want: ({ name }) => name, is: ({ server }) => server.name },
  tags: {
    want: ({ tags, props }) => withImage(tags, props.image ?? IMAGE),
    is: ({ server }) => sorted(server.tags),
  },
  dynamicIp: { want: ({ props }) => wantsDynamicIp(props), is: ({ server }) => server.dynamicIpRequired },
  securityGroup: {
    want: ({ props: { securityGroup } }) => securityGroup && idOf(securityGroup),
    is: ({ server }) => server.securityGroup?.id,
  },
  publicIps: {
    want: ({ props }) => sorted((props.publicIps ?? []).map(idOf)),
    is: ({ server }) => attachedIps(server),
  },
  volumes: {
    want: ({ props }) => sorted((props.volumes ?? []).map(idOf)),
    is: ({ server }) => attachedVolumes(server),
  },
  rootMark: {
    want: () => true,
    is: ({ root }, { mark }) => root === undefined || root.tags.includes(mark),
  },
  rootVolumeGb: { want: ({ props }) => props.rootVolumeGb, is: ({ root }) => root?.sizeGb },
  userData: {
    want: ({ props }) => userDataOf(props),
    is: ({ userData }, { props }) =>
      Object.fromEntries(Object.keys(userDataOf(props)).map((key) => [key, userData[key]])),
  },
  state: { want: ({ props }) => props.state ?? "running", is: ({ server }) => stateOf(server) },
} satisfies Kind<InstanceProps, Instance, WholeInstance>["fields"];

export const withImage = (tags: string[], image: string): string[] => sorted([...tags, imageTag(image)]);

export const wantsDynamicIp = ({ dynamicIp, publicIps = [] }: InstanceProps): boolean =>
  dynamicIp ?? publicIps.length === 0;

export const stateOf = ({ state }: Instancev1.Server): "running" | "stopped" =>
  state === "running" ? "running" : "stopped";

function userDataOf({ cloudInit, userData = {} }: InstanceProps): Record<string, string> {
  const all = { ...userData, ...(cloudInit !== undefined && { "cloud-init": cloudInit }) };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, reveal(value)]));
}
