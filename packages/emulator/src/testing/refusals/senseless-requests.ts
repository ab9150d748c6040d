import { IPS, SERVERS, VOLUMES } from "../a-cloud.ts";
import { ADDRESSES, INTERFACES, NETWORKS, VPCS } from "../a-network.ts";
import { UNKNOWN } from "../ids.ts";
import type { Ask, Refusal } from "./refusal.ts";
import { invalid } from "./refused.ts";
import { BLOCK, BLOCK_VOLUME, IAM, MARKET, PROJECTS, SERVER, SERVER_V2, V1, V2, VPC } from "./requests.ts";

const OLD_IMAGE = "cf44b8f5-77e2-42ed-8f1e-09ed5bb028fc";

const SENSELESS: readonly (readonly [argument: string, reason: string, ask: Ask, help?: string])[] = [
  ["commercial_type", "required", ["POST", SERVERS, { image: "ubuntu_jammy" }]],
  ["image", "required", ["POST", SERVERS, { commercial_type: "DEV1-S" }]],
  ["name", "required", ["POST", `${V1}/security_groups`, {}]],
  ["name", "required", ["POST", `${V1}/volumes`, { volume_type: "l_ssd", size: 10e9 }]],
  ["size", "required", ["POST", `${V1}/volumes`, { name: "v" }]],
  ["arch", "required", ["POST", `${V1}/images`, { root_volume: UNKNOWN }]],
  ["root_volume", "required", ["POST", `${V1}/images`, { arch: "x86_64" }]],
  ["volume_id", "required", ["POST", `${V1}/snapshots`, {}]],
  ["name", "required", ["POST", `${V2}/servers`, { server_type: "DEV1-S" }]],
  ["server_type", "required", ["POST", `${V2}/servers`, { name: "lab" }]],
  ["volumes", "required", ["POST", `${V2}/servers`, { name: "lab", server_type: "DEV1-S" }]],
  ["private_network_id", "required", ["POST", INTERFACES, {}]],
  ["security_group_id", "required", ["POST", `${V2}/security-group-rules`, {}]],
  ["security_group_rule_ids", "required", ["DELETE", `${V2}/security-group-rules`, {}]],
  ["name", "required", ["POST", VOLUMES, { from_empty: { size: 10e9 } }]],
  ["from_empty", "required", ["POST", VOLUMES, { name: "v" }]],
  ["size", "required", ["POST", VOLUMES, { name: "v", from_empty: {} }]],
  ["volume_id", "required", ["POST", `${BLOCK}/snapshots`, { name: "s" }]],
  ["name", "required", ["POST", VPCS, {}]],
  ["name", "required", ["POST", NETWORKS, {}]],
  ["destination", "required", ["POST", `${VPC}/routes`, { vpc_id: UNKNOWN }]],
  ["source", "required", ["POST", ADDRESSES, {}]],
  ["name", "required", ["POST", PROJECTS, {}]],
  ["name", "required", ["POST", `${IAM}/applications`, {}]],
  ["public_key", "required", ["POST", `${IAM}/ssh-keys`, { name: "k" }]],
  ["policy_id", "required", ["GET", `${IAM}/rules`]],
  ["image_label", "required", ["GET", `${MARKET}/local-images`]],
  ["image_id", "required", ["GET", `${MARKET}/versions`]],
  ["body", "format", ["POST", SERVERS, "nonsense"]],
  ["name", "format", ["POST", SERVERS, { ...SERVER, name: 1 }]],
  ["tags", "format", ["POST", SERVERS, { ...SERVER, tags: "one" }]],
  ["protected", "format", ["POST", SERVERS, { ...SERVER, protected: "yes" }]],
  ["size", "format", ["POST", VOLUMES, { name: "v", from_empty: { size: "10" } }]],
  ["volumes", "format", ["POST", SERVERS, { ...SERVER, volumes: [] }]],
  ["project", "format", ["POST", IPS, { project: "mine" }]],
  [
    "project_id",
    "format",
    ["POST", `${IAM}/ssh-keys`, { name: "k", project_id: "" }],
    "value must be a valid UUID",
  ],
  ["public_key", "format", ["POST", `${IAM}/ssh-keys`, { name: "k", public_key: "ssh-ed25519 AAAA" }]],
  ["server_id", "format", ["GET", `${V2}/servers/no-uuid`], "value must be a valid UUID"],
  ["volume_id", "format", ["GET", `${BLOCK}/volumes/no-uuid`]],
  ["snapshot_id", "format", ["DELETE", `${BLOCK}/snapshots/no-uuid`]],
  ["vpc_id", "format", ["GET", `${VPCS}/no-uuid`]],
  ["private_network_id", "format", ["PATCH", `${NETWORKS}/no-uuid`, {}]],
  ["vpc_id", "format", ["GET", `${NETWORKS}?vpc_id=no-uuid`]],
  ["ip_id", "format", ["GET", `${ADDRESSES}/no-uuid`]],
  ["application_id", "format", ["GET", `${IAM}/applications/no-uuid`]],
  ["project_id", "format", ["GET", `${PROJECTS}/no-uuid`]],
  ["subnets", "format", ["POST", NETWORKS, { name: "n", subnets: ["10.0.0.0"] }]],
  ["routing_enabled", "format", ["GET", `${VPCS}?routing_enabled=maybe`]],
  [
    "placement_group",
    "constraint",
    ["POST", SERVERS, { ...SERVER, placement_group: "1111111" }],
    "not a valid value",
  ],
  ["security_group", "constraint", ["POST", SERVERS, { ...SERVER, security_group: "1111111" }]],
  ["commercial_type", "constraint", ["POST", SERVERS, { ...SERVER, commercial_type: "DEV9-S" }]],
  [
    "image",
    "constraint",
    ["POST", SERVERS, { ...SERVER, commercial_type: "COPARM1-2C-8G", image: OLD_IMAGE }],
  ],
  ["boot_type", "constraint", ["POST", SERVERS, { ...SERVER, boot_type: "floppy" }]],
  ["volume_type", "constraint", ["POST", `${V1}/volumes`, { name: "v", size: 10e9, volume_type: "b_ssd" }]],
  [
    "size",
    "constraint",
    ["POST", SERVERS, { ...SERVER, volumes: { "0": { size: 1e9, volume_type: "sbs_volume" } } }],
  ],
  [
    "perf_iops",
    "constraint",
    ["POST", SERVERS, { ...SERVER, volumes: { "1": { volume_type: "sbs_volume", perf_iops: 7 } } }],
  ],
  [
    "volumes",
    "constraint",
    [
      "POST",
      SERVERS,
      { ...SERVER, commercial_type: "PLAY2-PICO", volumes: { "1": { volume_type: "l_ssd", size: 10e9 } } },
    ],
  ],
  [
    "volumes",
    "constraint",
    ["POST", SERVERS, { ...SERVER, volumes: { "1": { volume_type: "scratch", size: 10e9 } } }],
  ],
  ["type", "constraint", ["POST", IPS, { type: "nat" }]],
  ["policy_mode", "constraint", ["POST", `${V1}/placement_groups`, { policy_mode: "maybe" }]],
  [
    "inbound_default_policy",
    "constraint",
    ["POST", `${V1}/security_groups`, { name: "g", inbound_default_policy: "maybe" }],
  ],
  ["server_type", "constraint", ["POST", `${V2}/servers`, { ...SERVER_V2, server_type: "DEV9-S" }]],
  ["perf_iops", "constraint", ["POST", VOLUMES, { ...BLOCK_VOLUME, perf_iops: 1 }]],
  ["size", "constraint", ["POST", VOLUMES, { name: "v", from_empty: { size: 1 } }]],
  ["subnets", "constraint", ["POST", NETWORKS, { name: "n", subnets: ["8.8.8.0/24"] }]],
  ["per_page", "constraint", ["GET", `${SERVERS}?per_page=0`]],
  [
    "nexthop_resource_id",
    "unknown",
    ["POST", `${VPC}/routes`, { vpc_id: UNKNOWN, destination: "10.0.0.0/8", nexthop_resource_id: UNKNOWN }],
  ],
];

/** 400 about arguments that are missing, malformed or senseless. */
export function senselessRequests(): Refusal[] {
  return SENSELESS.map(([argument, reason, ask, help]) => ({
    name: `400 ${argument} ${reason}: ${ask[0]} ${ask[1]} ${JSON.stringify(ask[2] ?? {})}`,
    ask: () => ask,
    refused: invalid(argument, reason, help),
  }));
}
