import { loadBalancer } from "../../resources/load-balancer/load-balancer.ts";
import type { LoadBalancer, LoadBalancerProps } from "../../resources/load-balancer/props.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

export const aLoadBalancer: ResourceCase<LoadBalancerProps, LoadBalancer> = {
  kind: loadBalancer as ResourceCase<LoadBalancerProps, LoadBalancer>["kind"],
  among: async (cloud) => {
    const network = { name: "around", project_id: PROJECT };
    const path = "/vpc/v2/regions/fr-par/private-networks";
    return { network: (await cloud.call<{ id: string }>("POST", path, network)).id };
  },
  props: ({ network }) => ({ privateNetworks: [network!] }),
  changed: () => ({ type: "LB-GP-M", description: "front", tags: ["web"], privateNetworks: [] }),
  afterChange: "traces",
  replaced: () => ({ zone: "fr-par-2" }),
  leaves: ["loadBalancer app-it-dev", "loadBalancerAddress *"],
  adopting: () => ({}),
  foreign: async (cloud, _, name) => {
    const body = { name, project_id: PROJECT, type: "LB-S", description: "theirs" };
    return (await cloud.call<{ id: string }>("POST", "/lb/v1/zones/fr-par-1/lbs", body)).id;
  },
  deletes: /^DELETE .*\/lbs\/[^/]+$/,
};
