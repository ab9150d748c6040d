import { bodyPage } from "../../http/page.ts";
import { preconditionFailed, Refusal } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { requiredUuid, uuids } from "../../http/uuids.ts";
import { plan } from "../../world.ts";
import type { Steps } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { networkOf } from "../instance/create-nic.ts";
import { addressesOf, freeAddresses, holdAddress, takeAddress } from "../ipam/private-addresses.ts";
import { privateAddresses } from "../ipam/rows.ts";
import { regionOf } from "../region-of.ts";
import type { PrivateNetworkRow } from "../vpc/rows.ts";
import { changedLb } from "./changed-lb.ts";
import { foundLb } from "./found-lb.ts";
import { LBS } from "./lb-routes.ts";
import { viewDates, viewLb } from "./lb-view.ts";
import type { Shown } from "./lb-view.ts";
import { newPart } from "./new-part.ts";
import { byLb, lbNetworks } from "./rows.ts";
import type { LbNetworkRow, LbRow } from "./rows.ts";

/** The private networks that a load balancer is in. */
export function lbNetworkRoutes(): Route[] {
  const one = `${LBS}/{id}`;
  return [
    { operation: "listLbPrivateNetworks", method: "GET", path: `${one}/private-networks`, handle: list },
    {
      operation: "attachLbPrivateNetwork",
      method: "POST",
      path: `${one}/attach-private-network`,
      handle: attach,
    },
    {
      operation: "detachLbPrivateNetwork",
      method: "POST",
      path: `${one}/detach-private-network`,
      handle: detach,
    },
  ];
}

export const lbNetworkSteps: Steps = {
  "lbNetwork:ready": (world, id, at, epoch) => {
    const row = lbNetworks(world).get(id);
    if (row?.epoch === epoch) lbNetworks(world).put({ ...row, status: "ready", modifiedAt: at }, at);
  },
  "lbNetwork:gone": (world, id, at) => {
    const row = lbNetworks(world).get(id);
    if (!row) return;
    freeAddresses(world, regionOf(row.zone), row.lbId, at, row.privateNetworkId);
    lbNetworks(world).remove(id, at);
  },
};

function list(call: Call): Answer {
  const lb = foundLb(call);
  const rows = networksOf(call, lb);
  const order = call.query.get("order_by") ?? "created_at_asc";
  const view = (row: LbNetworkRow) => viewNetwork(call, lb, row, "without machines");
  return bodyPage(call, { key: "private_network", rows, order, view });
}

function networksOf({ world }: Call, lb: LbRow): readonly LbNetworkRow[] {
  return lbNetworks(world).by(byLb, lb.id) as readonly LbNetworkRow[];
}

function attach(call: Call): Answer {
  const { world, now } = call;
  const lb = foundLb(call);
  const body = call.body();
  const network = networkOf(world, lb.zone, requiredUuid(body, "private_network_id"));
  if (networksOf(call, lb).some(({ privateNetworkId }) => privateNetworkId === network.id))
    throw preconditionFailed(
      412,
      "resource_still_in_use",
      "the load balancer is in this private network already",
    );
  const part = newPart(call, lb, network.name);
  takeOrHold(call, lb, network, uuids(body, "ipam_ids") ?? []);
  const row: LbNetworkRow = { ...part, privateNetworkId: network.id, status: "pending", epoch: 0 };
  lbNetworks(world).put(row, now);
  plan(world, { step: "lbNetwork:ready", id: row.id, epoch: 0, from: now, span: DURATIONS.lbNetworkAttach });
  const shown = json(200, viewNetwork(call, lb, row, "whole"));
  changedLb(call, row);
  return shown;
}

/** The reserved addresses that it brings, else an IPv4 of the network. */
function takeOrHold(
  { world, now }: Call,
  lb: LbRow,
  network: PrivateNetworkRow,
  ids: readonly string[],
): void {
  const macAddress = `02:00:00:${(world.random.hex(6).match(/../g) ?? []).join(":")}`;
  const holder = { type: "lb_server", id: lb.id, macAddress, name: lb.name };
  const reserved = ids.map((id) => {
    const row = privateAddresses(world).get(id);
    if (row?.privateNetworkId !== network.id || row.holder)
      throw new Refusal(404, { message: "ip not Found" });
    return row;
  });
  for (const row of reserved) holdAddress(world, row, holder, now);
  const [subnet] = network.subnets;
  if (reserved.length === 0 && subnet) takeAddress(world, { network, subnet, holder, isBooked: false }, now);
}

/** It is out of the network only a moment later. */
function detach(call: Call): Answer {
  const { world, now } = call;
  const lb = foundLb(call);
  const id = requiredUuid(call.body(), "private_network_id");
  const row = networksOf(call, lb).find(({ privateNetworkId }) => privateNetworkId === id);
  if (!row) throw new Refusal(404, { message: "privateNetwork not Found" });
  const going = { ...row, status: "pending", modifiedAt: now, epoch: row.epoch + 1 } as const;
  lbNetworks(world).put(going, now);
  plan(world, {
    step: "lbNetwork:gone",
    id: row.id,
    epoch: going.epoch,
    from: now,
    span: DURATIONS.lbNetworkDetach,
  });
  changedLb(call, row);
  return noContent();
}

function viewNetwork(call: Call, lb: LbRow, row: LbNetworkRow, shown: Shown): Record<string, unknown> {
  const addresses = addressesOf(call.world, regionOf(lb.zone), lb.id);
  const ids = addresses.filter(({ privateNetworkId }) => privateNetworkId === row.privateNetworkId);
  const ipamIds = row.status === "ready" ? ids.map(({ id }) => id) : [];
  return {
    lb: viewLb(call.world, lb, shown),
    private_network_id: row.privateNetworkId,
    status: row.status,
    ipam_ids: ipamIds,
    dhcp_config: { ip_id: ipamIds[0] ?? null },
    ...viewDates(row),
  };
}
