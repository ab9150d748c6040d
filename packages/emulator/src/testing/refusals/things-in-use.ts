import { DEFAULT_PROJECT_ID } from "../../emulator.ts";
import { IPS, SERVERS } from "../a-cloud.ts";
import type { Cloud } from "../a-cloud.ts";
import { ADDRESSES, aNetwork, aVpc, INTERFACES, NETWORKS, VPCS } from "../a-network.ts";
import { UNKNOWN } from "../ids.ts";
import { refusalOf } from "./refusal.ts";
import type { Refusal, RefusalRow } from "./refusal.ts";
import { invalid, precondition } from "./refused.ts";
import { IAM, idIn, made, PROJECTS, SERVER, V1 } from "./requests.ts";

const inUse = precondition(412, "resource_still_in_use");
const inUseOfOld = precondition(400, "resource_still_in_use");

const ADDRESS_ROWS: readonly RefusalRow[] = [
  [
    "412 POST servers: an address that another server has",
    async (cloud) => ["POST", SERVERS, { ...SERVER, public_ips: [idIn(await attachedIp(cloud))] }],
    inUse,
  ],
  [
    "412 PATCH servers: an address that another server has",
    async (cloud) => {
      const ip = idIn(await attachedIp(cloud));
      return ["PATCH", (await cloud.aServer()).path, { public_ips: [ip] }];
    },
    inUse,
  ],
  [
    "412 PATCH ips: an address that another server has",
    async (cloud) => ["PATCH", await attachedIp(cloud), { server: (await cloud.aServer()).id }],
    inUse,
  ],
  [
    "400 reverse constraint",
    async ({ call }) => {
      const { address } = (await call("POST", IPS, {})).json.ip;
      return ["PATCH", `${IPS}/${address}`, { reverse: "lab.example.com" }];
    },
    ([, path]) =>
      invalid(
        "reverse",
        "constraint",
        `Your reverse must resolve. Ensure the command 'dig +short lab.example.com' matches your IP address '${idIn(path)}'. If it does, please contact our support.`,
      ),
  ],
  [
    "412 DELETE an address of ipam that a network card has",
    async (cloud) => ["DELETE", `${ADDRESSES}/${(await aCard(cloud)).ip_ids[0]}`],
    inUse,
  ],
  [
    "412 POST private-network-interfaces: an address that another card has",
    async (cloud) => {
      const { private_network_id, ip_ids } = await aCard(cloud);
      return ["POST", INTERFACES, { private_network_id, ip_ids }];
    },
    inUse,
  ],
];

const NETWORK_ROWS: readonly RefusalRow[] = [
  [
    "412 DELETE a private network with a card in it",
    async (cloud) => ["DELETE", `${NETWORKS}/${(await aCard(cloud)).private_network_id}`],
    precondition(412, "resource_still_in_use", "Private Network must be empty to be deleted"),
  ],
  [
    "412 DELETE a private network with a booked address",
    async (cloud) => {
      const { path, id } = await aNetwork(cloud);
      await made(cloud, ADDRESSES, { source: { private_network_id: id } });
      return ["DELETE", path];
    },
    precondition(412, "resource_still_in_use", "Private Network must be empty to be deleted"),
  ],
  [
    "412 DELETE a VPC with a network in it",
    async (cloud) => {
      const vpcId = await aVpc(cloud);
      await aNetwork(cloud, { vpc_id: vpcId });
      return ["DELETE", `${VPCS}/${vpcId}`];
    },
    inUse,
  ],
  [
    "412 DELETE the default VPC",
    async (cloud) => ["DELETE", `${VPCS}/${(await aNetwork(cloud)).vpcId}`],
    precondition(412, "resource_not_usable"),
  ],
  [
    "400 subnets unknown: a block that another network has",
    async (cloud) => {
      const { subnets } = await aNetwork(cloud);
      return ["POST", NETWORKS, { name: "lan", subnets: [subnets[0]?.subnet] }];
    },
    invalid("subnets", "unknown", "subnet_overlaps_in_vpc: {}"),
  ],
  [
    "412 private_nics: a network that the server is in",
    async (cloud) => {
      const [{ path }, { id }] = [await cloud.aServer(), await aNetwork(cloud)];
      await made(cloud, `${path}/private_nics`, { private_network_id: id }, "private_nic");
      return ["POST", `${path}/private_nics`, { private_network_id: id }];
    },
    inUse,
  ],
  [
    "400 private_nics: a network of another project",
    async (cloud) => {
      const [{ path }, { id }] = [await cloud.aServer(), await aNetwork(cloud, { project_id: UNKNOWN })];
      return ["POST", `${path}/private_nics`, { private_network_id: id }];
    },
    invalid("private_network_id", "constraint"),
  ],
];

const OTHER_ROWS: readonly RefusalRow[] = [
  [
    "400 DELETE a security group that a server is in",
    async (cloud) => {
      const group = await made(cloud, `${V1}/security_groups`, { name: "web" }, "security_group");
      await cloud.aServer({ security_group: idIn(group) });
      return ["DELETE", group];
    },
    inUseOfOld,
  ],
  [
    "412 DELETE a project with something in it",
    async (cloud) => {
      const project = await made(cloud, PROJECTS, { name: "lab" });
      await made(cloud, IPS, { project: idIn(project) }, "ip");
      return ["DELETE", project];
    },
    inUse,
  ],
  ["412 DELETE the default project", async () => ["DELETE", `${PROJECTS}/${DEFAULT_PROJECT_ID}`], inUse],
  [
    "412 DELETE the owner of the organization",
    async ({ call }) => ["DELETE", `${IAM}/users/${(await call("GET", `${IAM}/users`)).json.users[0].id}`],
    precondition(412, "protected_resource"),
  ],
];

/** What something else still needs, and what needs something else to be free. */
export function thingsInUse(): Refusal[] {
  const rows = [...ADDRESS_ROWS, ...NETWORK_ROWS, ...OTHER_ROWS];
  return [
    ...rows.map(refusalOf),
    {
      name: "412 DELETE private-network-interfaces: one that a server has, since September 2026",
      async ask(cloud) {
        const [{ id: serverId }, { id }] = [await cloud.aServer(), await aNetwork(cloud)];
        return ["DELETE", await made(cloud, INTERFACES, { private_network_id: id, server_id: serverId })];
      },
      refused: precondition(
        412,
        "resource_not_usable",
        "Can't delete a private network interface attached to a server",
      ),
      options: { nicDeleteV2alpha1: "refuse" },
    },
  ];
}

async function attachedIp(cloud: Cloud): Promise<string> {
  return made(cloud, IPS, { server: (await cloud.aServer()).id }, "ip");
}

/** A network card that no server has, with its addresses. */
async function aCard(cloud: Cloud): Promise<{ private_network_id: string; ip_ids: string[] }> {
  const { id } = await aNetwork(cloud);
  return (await cloud.call("POST", INTERFACES, { private_network_id: id })).json;
}
