import { record } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { placeOf } from "../listed.ts";
import { customHolder, macOf } from "./custom-holder.ts";
import { ofPrivate, viewAddress } from "./ipam-address.ts";
import { ADDRESSES } from "./ipam-routes.ts";
import { holdAddress } from "./private-addresses.ts";
import { privateAddresses } from "./rows.ts";
import type { Holder, PrivateAddressRow } from "./rows.ts";

type Change = (call: Call, row: PrivateAddressRow, body: Body) => Holder | null;

/** Giving reserved addresses to things of the caller's own; the cloud's own take theirs by their products' APIs. */
export function attachRoutes(): Route[] {
  const route = (operation: string, path: string, holderOf: Change): Route => ({
    operation,
    method: "POST",
    path: `${ADDRESSES}/{id}/${path}`,
    handle(call) {
      const row = addressOf(call);
      const next = holdAddress(call.world, row, holderOf(call, row, call.body()), call.now);
      return json(200, viewAddress(ofPrivate(call.world, next)));
    },
  });
  return [
    route("attachIP", "attach", (call, row, body) => {
      if (row.holder) throw preconditionFailed(412, "resource_still_in_use", "IP is already attached");
      return customHolder(call.world, requiredResource(body, "resource"));
    }),
    route("detachIP", "detach", (_call, row, body) => {
      checkHolder(row, requiredResource(body, "resource"), "resource");
      return null;
    }),
    route("moveIP", "move", (call, row, body) => {
      checkHolder(row, requiredResource(body, "from_resource"), "from_resource");
      const to = record(body, "to_resource");
      return to ? customHolder(call.world, to) : null;
    }),
  ];
}

function addressOf(call: Call): PrivateAddressRow {
  const id = pathUuid(call, "ip_id");
  const row = privateAddresses(call.world).get(id);
  if (row?.zone !== placeOf(call)) throw notFound("ip", id);
  return row;
}

function checkHolder(row: PrivateAddressRow, resource: Body, argument: string): void {
  const mac = macOf(resource);
  const isIt = row.holder?.type === "custom" && row.holder.macAddress?.toUpperCase() === mac.toUpperCase();
  if (!isIt) throw invalidArgument(argument, "constraint", "IP is not attached to this custom resource");
}

function requiredResource(body: Body, name: string): Body {
  const resource = record(body, name);
  if (!resource) throw invalidArgument(name, "required");
  return resource;
}
