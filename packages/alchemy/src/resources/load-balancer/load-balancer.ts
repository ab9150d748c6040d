import { listAll, waitUntilGone } from "@mayfly/scaleway";
import type { Lbv1 } from "@mayfly/scaleway/products";
import type { Cloud } from "../../cloud.ts";
import type { At, Kind } from "../../kind.ts";
import { orAbsent } from "../../or-absent.ts";
import { discard, RHYTHM } from "../../patience.ts";
import { idOf } from "../../reference.ts";
import { settled } from "../../settled.ts";
import { sorted } from "../../sorted.ts";
import type { LoadBalancer, LoadBalancerProps } from "./props.ts";

interface Whole {
  lb: Lbv1.Lb;
  networks: string[];
}

const SETTLES_WITHIN_MS = 600_000;
const TYPE = "LB-S";

/**
 * https://www.scaleway.com/en/developers/api/load-balancer/zoned-api
 *
 * @example
 * const balancer = await LoadBalancer("front", { type: "LB-S", privateNetworks: [network] });
 */
export const loadBalancer: Kind<LoadBalancerProps, LoadBalancer, Whole> = {
  name: "LoadBalancer",
  noun: "load balancer",
  place: (cloud, { zone }) => zone ?? cloud.zone,
  placeOf: ({ zone }) => zone,

  list: (cloud, { place: zone, projectId, tag, name }) =>
    listAll(
      async (page, pageSize) => {
        const tags = tag === undefined ? undefined : [tag];
        const query = { zone, page, pageSize, projectId, name, tags, orderBy: "created_at_asc" } as const;
        const { lbs, totalCount } = await cloud.lb.listLbs(query);
        return { items: lbs, totalCount };
      },
      { what: `load balancers of ${zone}`, oldestFirst: true },
    ),
  async read(cloud, at) {
    const lb = await get(cloud, at);
    if (lb === undefined || LEAVING.includes(lb.status)) return undefined;
    const networks = lb.privateNetworkCount === 0 ? [] : await networksOf(cloud, at);
    return { lb, networks: sorted(networks.map(({ privateNetworkId }) => privateNetworkId)) };
  },
  create: (cloud, { name, tags, projectId, place: zone, props }) =>
    cloud.lb.createLb({
      zone,
      name,
      tags,
      projectId,
      description: props.description ?? "",
      type: props.type ?? TYPE,
      assignFlexibleIp: props.publicIp ?? true,
    }),
  async settle(cloud, at) {
    // One that it is just leaving is shown as one that it is in.
    const look = async () => {
      const lb = await get(cloud, at);
      if (lb?.status !== "ready" || lb.privateNetworkCount === 0) return lb?.status;
      const networks = await networksOf(cloud, at);
      return networks.some(({ status }) => status === "pending") ? "pending" : lb.status;
    };
    const ready = ["ready", "stopped", ...LEAVING];
    const what = `load balancer ${at.id}`;
    await settled(look, { clock: cloud.clock, what, ready, timeoutMs: SETTLES_WITHIN_MS });
  },
  async update(cloud, { id: lbId, place: zone, wanted, whole, changed }) {
    const { name, tags, props } = wanted;
    const { description = "", type = TYPE } = props;
    if (["name", "tags", "description"].some((field) => changed.has(field)))
      await cloud.lb.updateLb({ zone, lbId, name, description, tags });
    const networks = networksIn(props);
    for (const privateNetworkId of whole.networks.filter((each) => !networks.includes(each)))
      await orAbsent(() => cloud.lb.detachPrivateNetwork({ zone, lbId, privateNetworkId }));
    for (const privateNetworkId of networks.filter((each) => !whole.networks.includes(each)))
      await cloud.lb.attachPrivateNetwork({ zone, lbId, privateNetworkId });
    if (!changed.has("type")) return;
    await loadBalancer.settle?.(cloud, { id: lbId, place: zone });
    await cloud.lb.migrateLb({ zone, lbId, type });
  },
  async remove(cloud, at) {
    const { clock } = cloud;
    const what = `load balancer ${at.id} to go`;
    await discard(clock, what, () => cloud.lb.deleteLb({ zone: at.place, lbId: at.id, releaseIp: true }));
    const look = () => cloud.lb.getLb({ zone: at.place, lbId: at.id });
    await waitUntilGone(look, { clock, what, timeoutMs: SETTLES_WITHIN_MS, ...RHYTHM });
  },

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ lb }) => lb.projectId, replaces: true },
    publicIp: {
      want: ({ props }) => props.publicIp ?? true,
      is: ({ lb }) => lb.ip.length > 0,
      replaces: true,
    },
    name: { want: ({ name }) => name, is: ({ lb }) => lb.name },
    tags: { want: ({ tags }) => tags, is: ({ lb }) => sorted(lb.tags) },
    description: { want: ({ props }) => props.description ?? "", is: ({ lb }) => lb.description },
    type: { want: ({ props }) => (props.type ?? TYPE).toUpperCase(), is: ({ lb }) => lb.type.toUpperCase() },
    privateNetworks: { want: ({ props }) => networksIn(props), is: ({ networks }) => networks },
  },
  attributes: ({ lb, networks }) => ({
    id: lb.id,
    name: lb.name,
    zone: lb.zone,
    projectId: lb.projectId,
    type: lb.type.toUpperCase(),
    description: lb.description,
    tags: lb.tags,
    ipAddress: lb.ip[0]?.ipAddress,
    privateNetworkIds: networks,
  }),
};

const LEAVING: readonly string[] = ["to_delete", "deleting"] satisfies Lbv1.LbStatus[];

const get = (cloud: Cloud, { id: lbId, place: zone }: At) => orAbsent(() => cloud.lb.getLb({ zone, lbId }));

const networksIn = ({ privateNetworks = [] }: LoadBalancerProps): string[] =>
  sorted(privateNetworks.map(idOf));

async function networksOf(
  cloud: Cloud,
  { id: lbId, place: zone }: At,
): Promise<Pick<Lbv1.PrivateNetwork, "privateNetworkId" | "status">[]> {
  const all = await orAbsent(() =>
    listAll(
      async (page, pageSize) => {
        const query = { zone, lbId, page, pageSize };
        const { privateNetwork, totalCount } = await cloud.lb.listLbPrivateNetworks(query);
        return { items: privateNetwork.map((each) => ({ ...each, id: each.privateNetworkId })), totalCount };
      },
      { what: `private networks of load balancer ${lbId}` },
    ),
  );
  return all ?? [];
}
