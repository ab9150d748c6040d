import { SENTINELS } from "../../scaleway/seed/sentinels.ts";
import { IPS, SERVERS, VOLUMES } from "../a-cloud.ts";
import type { Cloud } from "../a-cloud.ts";
import { ADDRESSES, NETWORKS, VPCS } from "../a-network.ts";
import { UNKNOWN } from "../ids.ts";
import type { Refusal } from "./refusal.ts";
import { denied, missing, outOfStock, overQuota } from "./refused.ts";
import { BLOCK, BLOCK_VOLUME, LOCAL_VOLUME, SERVER, SERVER_V2, TEMPLATE, V1, V2 } from "./requests.ts";

const CREATES = [
  [SERVERS, SERVER],
  [IPS, {}],
  [`${V1}/volumes`, LOCAL_VOLUME],
  [`${V1}/security_groups`, { name: "web" }],
  [`${V1}/placement_groups`, {}],
  [`${V2}/servers`, SERVER_V2],
  [`${V2}/volumes`, LOCAL_VOLUME],
  [`${V2}/security-groups`, { name: "web" }],
  [`${V2}/placement-groups`, { name: "apart" }],
  [`${V2}/templates`, TEMPLATE],
  [VOLUMES, BLOCK_VOLUME],
] as const;

const REGIONAL_CREATES = [
  [VPCS, { name: "core" }],
  [NETWORKS, { name: "lan", vpc_id: UNKNOWN }],
  [ADDRESSES, { source: { private_network_id: UNKNOWN } }],
] as const;

/** What the caller may not do, or not now: another's project and image, a quota, a type without stock. */
export function withoutLeave(): Refusal[] {
  const options = { strictProjects: true };
  const project = { project: UNKNOWN, project_id: UNKNOWN };
  return [
    ...CREATES.map(([path, body]): Refusal => ({
      name: `403 POST ${path}: an unknown project`,
      ask: () => ["POST", path, { ...body, ...project }],
      refused: denied("read", "project"),
      options,
    })),
    ...REGIONAL_CREATES.map(([path, body]): Refusal => ({
      name: `404 POST ${path}: an unknown project`,
      ask: () => ["POST", path, { ...body, project_id: UNKNOWN }],
      refused: missing("project", UNKNOWN),
      options,
    })),
    ...["GET", "PATCH", "DELETE"].map((method): Refusal => ({
      name: `403 ${method} the block snapshot of a public image`,
      ask: async (cloud) => [method, `${BLOCK}/snapshots/${(await imageOf(cloud)).root_volume.id}`, {}],
      refused: denied("read", "snapshot"),
    })),
    ...["PATCH", "PUT", "DELETE"].map((method): Refusal => ({
      name: `403 ${method} a public image`,
      ask: async (cloud) => [method, `${V1}/images/${(await imageOf(cloud)).id}`, {}],
      refused: denied("write", "image"),
    })),
    ...shortages(
      "403",
      "a quota that is used up",
      SENTINELS.quota,
      overQuota("cp_servers_type_MAYFLY_QUOTA"),
    ),
    ...shortages("412", "no stock", SENTINELS.outOfStock, outOfStock(SENTINELS.outOfStock)),
    ...(["action", "start"] as const).map((path): Refusal => ({
      name: `412 ${path}: no stock when the server is powered on`,
      async ask({ aServer }) {
        const server = await aServer({ commercial_type: SENTINELS.stockLate });
        const at = path === "start" ? server.path.replace("/v1/", "/v2alpha1/") : server.path;
        return ["POST", `${at}/${path}`, { action: "poweron" }];
      },
      refused: outOfStock(SENTINELS.stockLate),
    })),
  ];
}

function shortages(status: string, what: string, type: string, refused: Refusal["refused"]): Refusal[] {
  return [
    {
      name: `${status} POST ${SERVERS}: ${what}`,
      ask: () => ["POST", SERVERS, { ...SERVER, commercial_type: type }],
      refused,
    },
    {
      name: `${status} POST ${V2}/servers: ${what}`,
      ask: () => ["POST", `${V2}/servers`, { ...SERVER_V2, server_type: type }],
      refused,
    },
    {
      name: `${status} create-server from a template: ${what}`,
      async ask({ call }) {
        const volumes = [{ volume_type: "sbs", image_label: "ubuntu_jammy" }];
        const template = await call("POST", `${V2}/templates`, { ...TEMPLATE, server_type: type, volumes });
        return ["POST", `${V2}/templates/${template.json.id}/create-server`, { name: "lab" }];
      },
      refused,
    },
  ];
}

async function imageOf({ call, aServer }: Cloud): Promise<{ id: string; root_volume: { id: string } }> {
  return (await call("GET", (await aServer()).path)).json.server.image;
}
