import { record, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import { requiredUuid } from "../../http/uuids.ts";
import { contains, parseCidr } from "../cidr.ts";
import { parseIp } from "../ip-address.ts";
import { isTaken, takeAddress } from "../ipam/private-addresses.ts";
import { placeOf } from "../listed.ts";
import { privateNetworks } from "../vpc/rows.ts";
import type { PrivateNetworkRow, Subnet } from "../vpc/rows.ts";
import { engineNamed } from "./engines.ts";
import type { Endpoint, InstanceRow } from "./rows.ts";

interface Wanted {
  readonly network: PrivateNetworkRow;
  readonly subnet: Subnet;
  /** As the caller chose it, with the length of its block. @default the network's next free one */
  readonly serviceIp: string | undefined;
}

/** What a request wants of a private network; nothing is made yet. */
export function wantedEndpoint(call: Call, body: Body): Wanted {
  const id = requiredUuid(body, "private_network_id");
  const network = privateNetworks(call.world).get(id);
  if (network?.zone !== placeOf(call)) throw notFound("private_network", id);
  const subnet = network.subnets.find(({ cidr }) => parseCidr(cidr)?.isIpv6 === false);
  if (!subnet) throw invalidArgument("private_network_id", "constraint", "the network has no IPv4 subnet");
  const serviceIp = record(body, "ipam_config") ? undefined : text(body, "service_ip");
  if (serviceIp === undefined) return { network, subnet, serviceIp };
  const [address = ""] = serviceIp.split("/");
  if (!parseCidr(serviceIp))
    throw invalidArgument("service_ip", "format", "must be an address with its block");
  if (isTaken(call.world, subnet.id, address))
    throw invalidArgument("service_ip", "constraint", "the address is already in use");
  return { network, subnet, serviceIp };
}

/** Takes the address for the instance; one that is not of the network is taken at the caller's word, as recorded. */
export function newPrivateEndpoint(call: Call, row: InstanceRow, { network, ...wanted }: Wanted): Endpoint {
  const { serviceIp } = wanted;
  const address = addressFor(call, row, { network, ...wanted });
  return {
    id: call.world.random.uuid(),
    ip: address.replace(/\/.*/, ""),
    port: engineNamed(row.engine)?.port ?? 5432,
    network: { id: network.id, mode: serviceIp === undefined ? "ipam" : "static", serviceIp: address },
  };
}

function addressFor({ world, now }: Call, row: InstanceRow, { network, subnet, serviceIp }: Wanted): string {
  const chosen = serviceIp?.replace(/\/.*/, "");
  if (serviceIp !== undefined && !isOf(subnet, chosen ?? "")) return serviceIp;
  const macAddress = `02:00:00:${(world.random.hex(6).match(/../g) ?? []).join(":")}`;
  const holder = { type: "rdb_instance", id: row.id, macAddress, name: row.name };
  const tags = ["managed", "scwdbaas"];
  const order = { network, subnet, holder, tags, isBooked: false, ...(chosen && { address: chosen }) };
  const address = takeAddress(world, order, now);
  return `${address.address}/${address.length}`;
}

function isOf({ cidr }: Subnet, address: string): boolean {
  const [ip, block] = [parseIp(address), parseCidr(cidr)];
  return ip !== undefined && block !== undefined && contains(block, ip);
}
