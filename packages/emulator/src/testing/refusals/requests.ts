import assert from "node:assert/strict";
import type { Cloud } from "../a-cloud.ts";

export const V1 = "/instance/v1/zones/fr-par-1";
export const V2 = "/instance/v2alpha1/zones/fr-par-1";
export const BLOCK = "/block/v1/zones/fr-par-1";
export const VPC = "/vpc/v2/regions/fr-par";
export const IAM = "/iam/v1alpha1";
export const PROJECTS = "/account/v3/projects";
export const MARKET = "/marketplace/v2";

/** Bodies of creates that succeed. */
export const SERVER = { commercial_type: "DEV1-S", image: "ubuntu_jammy", dynamic_ip_required: false };
export const SERVER_V2 = {
  name: "lab",
  server_type: "DEV1-S",
  volumes: [{ volume_type: "sbs", new_volume: { image_label: "ubuntu_jammy" } }],
};
export const LOCAL_VOLUME = { name: "local", volume_type: "l_ssd", size: 10e9 };
export const BLOCK_VOLUME = { name: "data", from_empty: { size: 10e9 } };
export const TEMPLATE = { name: "mould", server_type: "DEV1-S" };

/** Its path. @param key under which instance v1 answers with it */
export async function made(cloud: Cloud, path: string, body: unknown, key?: string): Promise<string> {
  const reply = await cloud.call("POST", path, body);
  assert.ok(reply.status < 300, reply.text);
  return `${path}/${(key ? reply.json[key] : reply.json).id}`;
}

export function idIn(path: string): string {
  return path.split("/").at(-1) ?? "";
}
