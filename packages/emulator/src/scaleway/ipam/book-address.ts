import { flag, record, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call } from "../../http/route.ts";
import { uuid } from "../../http/uuids.ts";
import { contains, parseCidr } from "../cidr.ts";
import { parseIp, writeIp } from "../ip-address.ts";
import { listed } from "../listed.ts";
import { regionalProjectOf } from "../project.ts";
import { networkNamed } from "../vpc/network-routes.ts";
import { privateNetworks } from "../vpc/rows.ts";
import type { PrivateNetworkRow, Subnet } from "../vpc/rows.ts";
import { customHolder } from "./custom-holder.ts";
import { ofPrivate, viewAddress } from "./ipam-address.ts";
import { isTaken, takeAddress } from "./private-addresses.ts";

/** POST /ips: only private networks have addresses to book. */
export function bookAddress(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const projectId = regionalProjectOf(call, body);
  const isIpv6 = flag(body, "is_ipv6", false);
  const { network, subnets } = sourceOf(call, body);
  if (network.projectId !== projectId)
    throw invalidArgument("project_id", "constraint", "must be the project of the Private Network");
  const fitting = subnets.filter(({ cidr }) => parseCidr(cidr)?.isIpv6 === isIpv6);
  const wanted = text(body, "address") || undefined;
  const subnet = wanted === undefined ? fitting[0] : fitting.find(({ cidr }) => lies(wanted, cidr));
  if (!subnet)
    throw invalidArgument(
      wanted === undefined ? "is_ipv6" : "address",
      "constraint",
      "the source has no such subnet",
    );
  const address = wanted && normal(wanted);
  if (address && isTaken(world, subnet.id, address))
    throw invalidArgument("address", "constraint", "the address is already reserved");
  const resource = record(body, "resource");
  const holder = resource ? customHolder(world, resource) : null;
  const tags = texts(body, "tags") ?? [];
  const row = takeAddress(world, { network, subnet, address, tags, holder, isBooked: true }, now);
  return json(200, viewAddress(ofPrivate(world, row)));
}

function sourceOf(call: Call, body: Body): { network: PrivateNetworkRow; subnets: readonly Subnet[] } {
  const source = record(body, "source");
  if (!source) throw invalidArgument("source", "required");
  const networkId = uuid(source, "private_network_id");
  if (networkId) {
    const network = networkNamed(call, networkId);
    return { network, subnets: network.subnets };
  }
  const subnetId = uuid(source, "subnet_id");
  if (!subnetId) throw invalidArgument("source", "constraint", "must be a Private Network or a subnet");
  for (const network of listed({ ...call, listLagMs: 0 }, privateNetworks(call.world))) {
    const subnet = network.subnets.find(({ id }) => id === subnetId);
    if (subnet) return { network, subnets: [subnet] };
  }
  throw notFound("subnet", subnetId);
}

/** The block's first two addresses and the last one of IPv4 are not for booking. */
function lies(address: string, cidr: string): boolean {
  const [ip, block] = [parseIp(address), parseCidr(cidr)];
  if (!ip || !block || !contains(block, ip)) return false;
  const host = ip.value - block.first;
  return host > 1n && (block.isIpv6 || host < block.size - 1n);
}

function normal(address: string): string {
  const ip = parseIp(address);
  return ip ? writeIp(ip) : address;
}
