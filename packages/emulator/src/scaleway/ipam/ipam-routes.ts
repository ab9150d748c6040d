import { records, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid, uuids } from "../../http/uuids.ts";
import { ips } from "../instance/rows.ts";
import type { IpRow } from "../instance/rows.ts";
import { parseIp } from "../ip-address.ts";
import { placeOf } from "../listed.ts";
import { regionOf } from "../region-of.ts";
import { bookAddress } from "./book-address.ts";
import { ofPrivate, ofPublic, viewAddress } from "./ipam-address.ts";
import { listAddresses } from "./list-addresses.ts";
import { privateAddresses } from "./rows.ts";
import type { PrivateAddressRow, Reverse } from "./rows.ts";

export const ADDRESSES = "/ipam/v1/regions/{region}/ips";

export function ipamRoutes(): Route[] {
  const one = `${ADDRESSES}/{id}`;
  return [
    { operation: "listIpamIps", method: "GET", path: ADDRESSES, handle: listAddresses },
    { operation: "bookIP", method: "POST", path: ADDRESSES, handle: bookAddress },
    {
      operation: "getIpamIp",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewFound(call, addressNamed(call, pathUuid(call, "ip_id")))),
    },
    { operation: "updateIpamIp", method: "PATCH", path: one, handle: updateAddress },
    {
      operation: "releaseIP",
      method: "DELETE",
      path: one,
      handle: (call) => release(call, [pathUuid(call, "ip_id")]),
    },
    {
      operation: "releaseIPSet",
      method: "POST",
      path: "/ipam/v1/regions/{region}/ip-sets/release",
      handle: (call) => release(call, uuids(call.body(), "ip_ids") ?? []),
    },
  ];
}

/** A private address, or a public one of the instances. */
type Found = { readonly ofNetwork: PrivateAddressRow } | { readonly ofZone: IpRow };

function addressNamed(call: Call, id: string): Found {
  const ofNetwork = privateAddresses(call.world).get(id);
  if (ofNetwork?.zone === placeOf(call)) return { ofNetwork };
  const ofZone = ips(call.world).get(id);
  if (ofZone && regionOf(ofZone.zone) === placeOf(call)) return { ofZone };
  throw notFound("ip", id);
}

function viewFound(call: Call, found: Found): Record<string, unknown> {
  return viewAddress("ofZone" in found ? ofPublic(found.ofZone) : ofPrivate(call.world, found.ofNetwork));
}

/** A new reverse name shows in later reads, not in the answer. */
function updateAddress(call: Call): Answer {
  const { world, now } = call;
  const before = addressNamed(call, pathUuid(call, "ip_id"));
  const body = call.body();
  const tags = texts(body, "tags");
  const reverses = reversesOf(body);
  let after: Found;
  if ("ofZone" in before) {
    const row = before.ofZone;
    const reverse = reverses ? (reverses[0]?.hostname ?? null) : row.reverse;
    after = { ofZone: ips(world).put({ ...row, tags: tags ?? row.tags, reverse }, now) };
  } else {
    const row = before.ofNetwork;
    const next = { tags: tags ?? row.tags, reverses: reverses ?? row.reverses, modifiedAt: now };
    after = { ofNetwork: privateAddresses(world).put({ ...row, ...next }, now) };
  }
  const shown = viewFound(call, after);
  const known = new Set(namesOf(viewFound(call, before)));
  const old = (shown.reverses as Reverse[]).filter(({ hostname }) => known.has(hostname));
  return json(200, { ...shown, reverses: old });
}

function namesOf(view: Record<string, unknown>): string[] {
  return (view.reverses as Reverse[]).map(({ hostname }) => hostname);
}

function reversesOf(body: Body): Reverse[] | undefined {
  return records(body, "reverses")?.map((reverse) => {
    const hostname = text(reverse, "hostname");
    if (!hostname) throw invalidArgument("hostname", "required");
    const address = text(reverse, "address") ?? null;
    if (address !== null && !parseIp(address))
      throw invalidArgument("address", "format", "value must be a valid IP address");
    return { hostname, address };
  });
}

/** All of them, or none. */
function release(call: Call, ids: readonly string[]): Answer {
  const { world, now } = call;
  const found = ids.map((id) => addressNamed(call, id));
  for (const one of found) {
    const isHeld = "ofZone" in one ? one.ofZone.serverId !== null : one.ofNetwork.holder !== null;
    if (isHeld) throw preconditionFailed(412, "resource_still_in_use", "IP is attached to a resource");
  }
  for (const one of found) {
    if ("ofZone" in one) ips(world).remove(one.ofZone.id, now);
    else privateAddresses(world).remove(one.ofNetwork.id, now);
  }
  return noContent();
}
