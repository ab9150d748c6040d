import { IPS, SERVERS, VOLUMES } from "../a-cloud.ts";
import type { Cloud } from "../a-cloud.ts";
import { aNetwork, aVpc, VPCS } from "../a-network.ts";
import type { Refusal } from "./refusal.ts";
import { missing } from "./refused.ts";
import { BLOCK_VOLUME, idIn, LOCAL_VOLUME, made, TEMPLATE, V1, V2 } from "./requests.ts";

const PLACED: readonly (readonly [resource: string, make: (cloud: Cloud) => Promise<string>])[] = [
  ["instance_server", async ({ aServer }) => (await aServer()).path],
  ["instance_ip", async (cloud) => made(cloud, IPS, {}, "ip")],
  ["instance_volume", async (cloud) => made(cloud, `${V1}/volumes`, LOCAL_VOLUME, "volume")],
  [
    "instance_security_group",
    async (cloud) => made(cloud, `${V1}/security_groups`, { name: "g" }, "security_group"),
  ],
  ["instance_placement_group", async (cloud) => made(cloud, `${V1}/placement_groups`, {}, "placement_group")],
  ["instance_template", async (cloud) => made(cloud, `${V2}/templates`, TEMPLATE)],
  ["volume", async (cloud) => made(cloud, VOLUMES, BLOCK_VOLUME)],
  ["vpc", async (cloud) => `${VPCS}/${await aVpc(cloud)}`],
  ["private_network", async (cloud) => (await aNetwork(cloud)).path],
];

const NOWHERE = [
  ["zone", SERVERS.replace("fr-par-1", "fr-par-9")],
  ["zone", VOLUMES.replace("fr-par-1", "mars")],
  ["region", VPCS.replace("fr-par", "mars")],
] as const;

/** 404 in another place than the thing's own, and in places that there are not. */
export function wrongPlaces(): Refusal[] {
  const elsewhere = PLACED.map(([resource, make]): Refusal => ({
    name: `404 ${resource}: the id of another place`,
    ask: async (cloud) => ["GET", (await make(cloud)).replace("fr-par", "nl-ams")],
    refused: ([, path]) => missing(resource, idIn(path)),
  }));
  const nowhere = NOWHERE.map(([place, path]): Refusal => ({
    name: `404 ${place}: ${path}`,
    ask: () => ["GET", path],
    refused: missing(place, path.split("/")[4] ?? ""),
  }));
  return [...elsewhere, ...nowhere];
}
