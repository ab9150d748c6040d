import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { freeAddresses } from "../ipam/private-addresses.ts";
import { regionOf } from "../region-of.ts";
import { isSentinel } from "../refuse-sentinel.ts";
import {
  acls,
  backends,
  byLb,
  certificates,
  frontends,
  ipsByLb,
  lbIps,
  lbNetworks,
  lbs,
  routes,
} from "./rows.ts";
import type { LbRow, Machine } from "./rows.ts";

/** The machines were up before anybody asked for them. */
const WAITED_MS = 60_000;

export const lbSteps: Steps = {
  "lb:creating": (world, id, at, epoch) => {
    const machine: Machine = {
      id: world.random.uuid(),
      createdAt: at - WAITED_MS,
      modifiedAt: at,
      status: "unknown",
    };
    const row = change(world, id, epoch, at, { status: "creating", machine });
    if (row && !isSentinel(row.type, "neverBoots")) next(world, row, "ready", DURATIONS.lbCreate, at);
  },
  "lb:ready": (world, id, at, epoch) => {
    const machine = machineOf(world, id, "ready", at);
    change(world, id, epoch, at, { status: "ready", ...(machine && { machine }) });
  },
  "lb:configured": (world, id, at, epoch) => {
    const row = lbs(world).get(id);
    const machine = machineOf(world, id, "ready", at);
    if (row?.epoch === epoch && machine) lbs(world).put({ ...row, machine }, at);
  },
  "lb:gone": (world, id, at, epoch) => {
    const row = lbs(world).get(id);
    if (row?.epoch === epoch) removeLb(world, row, at);
  },
};

export function startLb(world: World, row: LbRow, at: number): void {
  next(world, row, "creating", DURATIONS.lbBegin, at);
}

/** The machines take over what was changed: for a moment they are not ready. */
export function reconfigureLb(world: World, row: LbRow, at: number): LbRow {
  if (row.status !== "ready" || !row.machine) return row;
  const machine: Machine = { ...row.machine, status: "pending", modifiedAt: at };
  const pending = lbs(world).put({ ...row, machine, epoch: row.epoch + 1 }, at);
  next(world, pending, "configured", DURATIONS.lbConfigure, at);
  return pending;
}

/** Another type: the machines are exchanged. */
export function migrateLb(world: World, row: LbRow, type: string, at: number): LbRow {
  const migrating = lbs(world).put(
    { ...row, type, status: "migrating", modifiedAt: at, epoch: row.epoch + 1 },
    at,
  );
  next(world, migrating, "ready", DURATIONS.lbMigrate, at);
  return migrating;
}

/** @param releasesIps its addresses go with it */
export function deleteLb(world: World, row: LbRow, releasesIps: boolean, at: number): void {
  const ending = { ...row, status: "to_delete", releasesIps, modifiedAt: at, epoch: row.epoch + 1 } as const;
  const going = lbs(world).put(ending, at);
  next(world, going, "gone", DURATIONS.lbDelete, at);
}

/** All parts go with it; its addresses stay, unless they were to be released. */
function removeLb(world: World, row: LbRow, at: number): void {
  for (const table of [acls, routes, frontends, backends, certificates, lbNetworks])
    for (const { id } of table(world).by(byLb, row.id).slice()) table(world).remove(id, at);
  for (const ip of lbIps(world).by(ipsByLb, row.id).slice()) {
    if (row.releasesIps) lbIps(world).remove(ip.id, at);
    else lbIps(world).put({ ...ip, lbId: null }, at);
  }
  freeAddresses(world, regionOf(row.zone), row.id, at);
  lbs(world).remove(row.id, at);
}

function machineOf(world: World, id: string, status: Machine["status"], at: number): Machine | undefined {
  const machine = lbs(world).get(id)?.machine;
  return machine ? { ...machine, status, modifiedAt: at } : undefined;
}

function next(world: World, row: LbRow, to: string, span: Span, at: number): void {
  plan(world, { step: `lb:${to}`, id: row.id, epoch: row.epoch, from: at, span });
}

function change(
  world: World,
  id: string,
  epoch: number,
  at: number,
  with_: Partial<LbRow>,
): LbRow | undefined {
  const row = lbs(world).get(id);
  if (row?.epoch !== epoch) return undefined;
  return lbs(world).put({ ...row, ...with_, modifiedAt: at }, at);
}
