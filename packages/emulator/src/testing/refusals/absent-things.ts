import { IPS, SERVERS, VOLUMES } from "../a-cloud.ts";
import { ADDRESSES, INTERFACES, NETWORKS, VPCS } from "../a-network.ts";
import { UNKNOWN } from "../ids.ts";
import type { Ask, Refusal } from "./refusal.ts";
import { missing } from "./refused.ts";
import { BLOCK, IAM, MARKET, PROJECTS, SERVER, V1, V2, VPC } from "./requests.ts";

const OTHER = "11111111-1111-4111-8111-111111111111";

/** Whatever is asked of what is not there, or of its parts. */
const ABSENT: readonly (readonly [resource: string, path: string, calls: string, id?: string])[] = [
  [
    "instance_server",
    `${V1}/servers`,
    "GET PATCH PUT DELETE GET/action POST/action GET/compatible-types POST/attach-volume POST/detach-volume POST/attach-filesystem POST/detach-filesystem GET/user_data PATCH/user_data/key DELETE/user_data/key GET/private_nics POST/private_nics GET/private_nics/nic PATCH/private_nics/nic DELETE/private_nics/nic",
  ],
  [
    "instance_server",
    `${V2}/servers`,
    "GET PATCH DELETE POST/start POST/reboot POST/pause POST/stop POST/stop-and-delete POST/attach-volume POST/detach-volume POST/attach-ip POST/detach-ip POST/set-default-ip POST/attach-filesystem POST/attach-private-network-interface POST/detach-private-network-interface GET/user-data GET/user-data/key PUT/user-data/key DELETE/user-data/key",
  ],
  ["instance_ip", `${V1}/ips`, "GET PATCH DELETE POST/release-to-ipam"],
  ["instance_volume", `${V1}/volumes`, "GET PATCH PUT DELETE"],
  ["instance_volume", `${V2}/volumes`, "GET PATCH DELETE"],
  ["instance_image", `${V1}/images`, "GET PATCH PUT DELETE"],
  ["instance_snapshot", `${V1}/snapshots`, "GET PATCH PUT DELETE POST/export"],
  ["instance_snapshot", `${V2}/snapshots`, "GET PATCH DELETE POST/export-to-object-storage"],
  [
    "instance_security_group",
    `${V1}/security_groups`,
    "GET PATCH PUT DELETE GET/rules PUT/rules POST/rules GET/rules/rule PATCH/rules/rule PUT/rules/rule DELETE/rules/rule",
  ],
  ["instance_security_group", `${V2}/security-groups`, "GET PATCH DELETE"],
  [
    "instance_placement_group",
    `${V1}/placement_groups`,
    "GET PATCH PUT DELETE GET/servers PUT/servers PATCH/servers",
  ],
  ["instance_placement_group", `${V2}/placement-groups`, "GET PATCH DELETE"],
  ["instance_private_nic", INTERFACES, "GET PATCH DELETE"],
  [
    "instance_template",
    `${V2}/templates`,
    "GET PATCH DELETE GET/check POST/create-server GET/user-data PUT/user-data/key",
  ],
  ["volume", `${BLOCK}/volumes`, "GET PATCH DELETE"],
  ["volume", "/block/v1alpha1/zones/fr-par-1/volumes", "GET PATCH DELETE"],
  ["snapshot", `${BLOCK}/snapshots`, "GET PATCH DELETE POST/export-to-object-storage"],
  ["snapshot", "/block/v1alpha1/zones/fr-par-1/snapshots", "GET DELETE"],
  [
    "vpc",
    VPCS,
    "GET PATCH DELETE POST/enable-routing POST/enable-custom-routes-propagation GET/acl-rules PUT/acl-rules",
  ],
  ["private_network", NETWORKS, "GET PATCH DELETE POST/enable-dhcp POST/subnets PUT/subnets DELETE/subnets"],
  ["vpc_connector", `${VPC}/vpc-connectors`, "GET PATCH DELETE GET/subnet-overlaps"],
  ["unknown", `${VPC}/routes`, "GET PATCH DELETE", ""],
  ["unknown", `${VPC}/ingress-rules`, "GET PATCH DELETE", ""],
  ["ip", ADDRESSES, "GET PATCH DELETE POST/attach POST/detach POST/move"],
  ["application", `${IAM}/applications`, "GET PATCH DELETE"],
  [
    "group",
    `${IAM}/groups`,
    "GET PATCH DELETE PUT/members POST/add-member POST/add-members POST/remove-member",
  ],
  ["policy", `${IAM}/policies`, "GET PATCH DELETE POST/clone"],
  ["ssh_key", `${IAM}/ssh-keys`, "GET PATCH DELETE"],
  ["user", `${IAM}/users`, "GET PATCH DELETE POST/lock POST/unlock POST/update-username"],
  ["access_key", `${IAM}/api-keys`, "GET PATCH DELETE"],
  ["project_id", PROJECTS, "GET PATCH DELETE POST/project-qualification"],
  ["MarketplaceImage", `${MARKET}/images`, "GET"],
];

/** What a request names in its body or query. */
const UNNAMED: readonly (readonly [resource: string, ask: Ask, id?: string])[] = [
  ["instance_image", ["POST", SERVERS, { ...SERVER, image: UNKNOWN }]],
  ["instance_image", ["POST", SERVERS, { ...SERVER, image: "no_such_label" }], "no_such_label"],
  ["instance_ip", ["POST", SERVERS, { ...SERVER, public_ips: [UNKNOWN] }]],
  ["instance_security_group", ["POST", SERVERS, { ...SERVER, security_group: UNKNOWN }]],
  ["instance_placement_group", ["POST", SERVERS, { ...SERVER, placement_group: UNKNOWN }]],
  ["instance_volume", ["POST", SERVERS, { ...SERVER, volumes: { "1": { id: UNKNOWN } } }]],
  ["instance_snapshot", ["POST", SERVERS, { ...SERVER, volumes: { "1": { base_snapshot: UNKNOWN } } }]],
  ["instance_server", ["POST", IPS, { server: UNKNOWN }]],
  ["instance_snapshot", ["POST", `${V1}/images`, { arch: "x86_64", root_volume: UNKNOWN }]],
  ["instance_volume", ["POST", `${V1}/snapshots`, { volume_id: UNKNOWN }]],
  ["instance_volume", ["POST", `${V2}/snapshots`, { name: "s", base_volume_id: UNKNOWN }]],
  ["instance_server", ["POST", INTERFACES, { private_network_id: UNKNOWN, server_id: UNKNOWN }]],
  ["private_network", ["POST", INTERFACES, { private_network_id: UNKNOWN }]],
  ["instance_security_group", ["POST", `${V2}/security-group-rules`, { security_group_id: UNKNOWN }]],
  ["instance_security_group_rule", ["PATCH", `${V2}/security-group-rules/${UNKNOWN}`, {}]],
  ["volume", ["POST", `${BLOCK}/snapshots`, { name: "s", volume_id: UNKNOWN }]],
  ["snapshot", ["POST", VOLUMES, { name: "v", from_snapshot: { snapshot_id: UNKNOWN } }]],
  ["vpc", ["POST", NETWORKS, { name: "n", vpc_id: UNKNOWN }]],
  ["vpc", ["POST", `${VPC}/vpc-connectors`, { name: "c", vpc_id: UNKNOWN, target_vpc_id: OTHER }]],
  ["private_network", ["POST", ADDRESSES, { source: { private_network_id: UNKNOWN } }]],
  ["group", ["POST", `${IAM}/policies`, { name: "p", group_id: UNKNOWN }]],
  ["application", ["POST", `${IAM}/api-keys`, { application_id: UNKNOWN }]],
  ["MarketplaceImage", ["GET", `${MARKET}/local-images?image_label=macos`], "macos"],
  ["MarketplaceImage", ["GET", `${MARKET}/local-images?image_id=${UNKNOWN}&type=unknown_type&zone=fr-par-1`]],
];

/** 404 about what is not there: before its parts and before what the request says, and also where a body or a query names it. */
export function absentThings(): Refusal[] {
  const asked = ABSENT.flatMap(([resource, path, calls, told = UNKNOWN]) =>
    calls.split(" ").map((call): Refusal => {
      const [method = "", ...part] = call.split("/");
      const ask: Ask = [method, [path, UNKNOWN, ...part].join("/"), "nonsense"];
      return {
        name: `404 ${resource}: ${method} ${[path, "…", ...part].join("/")}`,
        ask: () => ask,
        refused: missing(resource, told),
        options: { strictProjects: true },
      };
    }),
  );
  const named = UNNAMED.map(([resource, ask, id = UNKNOWN]): Refusal => ({
    name: `404 ${resource}: ${ask[0]} ${ask[1]} names one that is not there`,
    ask: () => ask,
    refused: missing(resource, id),
  }));
  return [...asked, ...named];
}
