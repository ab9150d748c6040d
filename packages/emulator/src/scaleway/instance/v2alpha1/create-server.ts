import { record, records, required, texts } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";
import type { Answer, Call } from "../../../http/route.ts";
import { uuid } from "../../../http/uuids.ts";
import type { Catalog } from "../../catalog.ts";
import { projectOf } from "../../project.ts";
import { requiredChoice } from "./choice.ts";
import { makeServer } from "./make-server.ts";
import type { ExistingVolume, ServerOrder } from "./server-order.ts";
import { volumeKind, volumeOrder } from "./volume-order.ts";
import type { VolumeOrder } from "./volume-order.ts";

/** POST /servers of v2alpha1. */
export function createServer(call: Call, catalog: Catalog): Answer {
  const body = call.body();
  const network = record(body, "public_network_interface") ?? {};
  const addresses = records(network, "ips") ?? [];
  return makeServer(call, catalog, {
    name: required(body, "name"),
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    serverType: required(body, "server_type"),
    securityGroupId: uuid(network, "security_group_id") ?? null,
    placementGroupId: uuid(body, "placement_group_id") ?? null,
    rdpKeyId: uuid(body, "windows_rdp_ssh_key_id") ?? null,
    volumes: (records(body, "volumes") ?? []).map(volumeOf),
    ipIds: addresses.flatMap((ip) => uuid(ip, "ipam_ip_id") ?? []),
    newIps: addresses.flatMap((ip) => (uuid(ip, "ipam_ip_id") ? [] : newIp(ip))),
    privateNetworkIds: [],
    fileSystemIds: [],
    userData: {},
  });
}

function volumeOf(body: Body): VolumeOrder | ExistingVolume {
  const kind = volumeKind(body);
  const volumeId = uuid(body, "volume_id");
  if (volumeId) return { kind, volumeId };
  const wanted = record(body, "new_volume");
  if (!wanted) throw invalidArgument("volume_id", "required");
  return volumeOrder(wanted, kind);
}

function newIp(ip: Body): ServerOrder["newIps"][number] {
  const wanted = record(ip, "new_ip");
  if (!wanted) throw invalidArgument("ipam_ip_id", "required");
  const type = requiredChoice(wanted, "type", ["zonal_ipv4", "zonal_ipv6"]);
  return { family: type === "zonal_ipv4" ? "inet" : "inet6", tags: texts(wanted, "tags") ?? [] };
}
