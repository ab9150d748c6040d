import { bodyPage } from "../../http/page.ts";
import type { Answer, Call } from "../../http/route.ts";
import { anyTag } from "../any-tag.ts";
import { ips } from "../instance/rows.ts";
import { parseIp } from "../ip-address.ts";
import { among, equal, flagged, listed, meeting, placeOf, values, when } from "../listed.ts";
import type { Filter } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { regionOf } from "../region-of.ts";
import { ofPrivate, ofPublic, viewAddress } from "./ipam-address.ts";
import type { IpamAddress } from "./ipam-address.ts";
import { byHolder, byNetwork, privateAddresses } from "./rows.ts";

const IDS = [
  "project_id",
  "organization_id",
  "private_network_id",
  "subnet_id",
  "vpc_id",
  "source_vpc_id",
  "resource_id",
  "resource_ids",
  "ip_ids",
];

/** GET /ips: private and public addresses of the region in one list. */
export function listAddresses(call: Call): Answer {
  const { query } = call;
  checkQueriedIds(call, IDS);
  const rows = meeting(
    [...privateOnes(call), ...publicOnes(call)],
    [
      equal(query, "project_id", (row) => row.projectId),
      inOrganization(call),
      equal(query, "zonal", (row) => row.zone),
      equal(query, "private_network_id", (row) => row.privateNetworkId),
      equal(query, "subnet_id", (row) => row.subnetId),
      equal(query, "vpc_id", (row) => row.vpcId),
      equal(query, "source_vpc_id", (row) => row.vpcId),
      flagged(query, "is_ipv6", (row) => row.isIpv6),
      flagged(query, "attached", (row) => row.resource !== null),
      equal(query, "resource_id", (row) => row.resource?.id ?? null),
      among(query, "resource_ids", (row) => row.resource?.id ?? null),
      when(query, "resource_name", (wanted, row) => row.resource?.name?.includes(wanted) ?? false),
      typed(call, "resource_type"),
      typed(call, "resource_types"),
      when(
        query,
        "mac_address",
        (wanted, row) => row.resource?.macAddress?.toUpperCase() === wanted.toUpperCase(),
      ),
      among(query, "ip_ids", (row) => row.id),
      anyTag(query),
    ],
  );
  const order = query.get("order_by") ?? "created_at_desc";
  return bodyPage(call, { key: "ips", rows: sorted(rows, order), order, view: viewAddress });
}

function privateOnes(call: Call): IpamAddress[] {
  const { query, world } = call;
  return listed(call, privateAddresses(world), [
    equal(query, "resource_id", (row) => row.holder?.id ?? null, byHolder),
    equal(query, "private_network_id", (row) => row.privateNetworkId, byNetwork),
  ]).map((row) => ofPrivate(world, row));
}

function publicOnes(call: Call): IpamAddress[] {
  const { world, listLagMs, now } = call;
  const rows = listLagMs > 0 ? ips(world).asOf(now - listLagMs) : ips(world).all();
  return rows.filter(({ zone }) => regionOf(zone) === placeOf(call)).map(ofPublic);
}

/** Clients that do not care say `unknown_type`. */
function typed(call: Call, name: string): Filter<IpamAddress> | undefined {
  const wanted = values(call.query, name).filter((type) => type !== "unknown_type");
  return wanted.length === 0 ? undefined : { test: (row) => wanted.includes(row.resource?.type ?? "") };
}

/** Rising: the page turns it around. */
function sorted(rows: readonly IpamAddress[], order: string): IpamAddress[] {
  const key = keyOf(order);
  return rows.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

function keyOf(order: string): (row: IpamAddress) => number | bigint | string {
  switch (order.replace(/_(asc|desc)$/, "")) {
    case "updated_at":
      return (row) => row.modifiedAt;
    case "attached_at":
      return (row) => row.attachedAt;
    case "ip_address":
      return (row) => parseIp(row.address.split("/")[0] ?? "")?.value ?? 0n;
    case "mac_address":
      return (row) => row.resource?.macAddress ?? "";
    default:
      return (row) => row.createdAt;
  }
}
