import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { takeIpv4 } from "../instance/addresses.ts";
import { freeAddresses } from "../ipam/private-addresses.ts";
import { isSentinel } from "../refuse-sentinel.ts";
import { nodeTypeNamed } from "./node-types.ts";
import { instances } from "./rows.ts";
import type { Endpoint, InstanceRow, Pending, Setting } from "./rows.ts";

export const instanceSteps: Steps = {
  "rdbInstance:ready": (world, id, at, epoch) => {
    const row = instances(world).get(id);
    if (row?.epoch !== epoch) return;
    const settings = row.settings.length > 0 ? row.settings : firstSettings(row);
    const endpoints = endpointsOf(world, row, at);
    instances(world).put({ ...row, settings, endpoints, status: "ready", pending: {}, modifiedAt: at }, at);
  },
  "rdbInstance:gone": (world, id, at) => {
    const row = instances(world).get(id);
    if (!row) return;
    freeAddresses(world, row.zone, id, at);
    instances(world).remove(id, at);
  },
};

/** Starts what makes a new instance. */
export function startInstance(world: World, row: InstanceRow, at: number): void {
  if (!isSentinel(row.nodeType, "neverBoots")) later(world, row, "ready", DURATIONS.rdbCreate, at);
}

/** Starts a change that takes its time; until then the instance takes no other one. */
export function changeInstance(
  world: World,
  row: InstanceRow,
  { status, pending = {} }: { status: "initializing" | "configuring"; pending?: Pending },
  at: number,
): InstanceRow {
  const changing = instances(world).put({ ...row, status, pending, epoch: row.epoch + 1 }, at);
  const span = status === "initializing" ? DURATIONS.rdbInitialize : DURATIONS.rdbConfigure;
  later(world, changing, "ready", span, at);
  return changing;
}

export function deleteInstance(world: World, row: InstanceRow, at: number): InstanceRow {
  const going = instances(world).put({ ...row, status: "deleting", epoch: row.epoch + 1 }, at);
  later(world, going, "gone", DURATIONS.rdbDelete, at);
  return going;
}

function later(world: World, row: InstanceRow, to: string, span: Span, at: number): void {
  plan(world, { step: `rdbInstance:${to}`, id: row.id, epoch: row.epoch, from: at, span });
}

function endpointsOf(world: World, row: InstanceRow, at: number): readonly Endpoint[] {
  const { addsPublicEndpoint, removesEndpoint, takesEndpointsOf } = row.pending;
  if (addsPublicEndpoint) return [...row.endpoints, newPublicEndpoint(world)];
  if (removesEndpoint !== undefined) {
    const removed = row.endpoints.find(({ id }) => id === removesEndpoint);
    if (removed?.network) freeAddresses(world, row.zone, row.id, at, removed.network.id);
    return row.endpoints.filter((one) => one !== removed);
  }
  const old = takesEndpointsOf === undefined ? undefined : instances(world).get(takesEndpointsOf);
  if (!old) return row.endpoints;
  instances(world).put({ ...old, endpoints: [] }, at);
  return old.endpoints;
}

function newPublicEndpoint(world: World): Endpoint {
  const port = 1_024 + world.random.int(30_000);
  return { id: world.random.uuid(), ip: takeIpv4(world), port, network: null };
}

/** What the cloud sets for a node of that size, of PostgreSQL as recorded. */
function firstSettings({ engine, nodeType }: InstanceRow): Setting[] {
  const gib = nodeTypeNamed(nodeType)?.memoryGib ?? 2;
  if (!engine.startsWith("PostgreSQL")) return [{ name: "max_connections", value: String(50 * gib) }];
  const values = {
    effective_cache_size: gib === 2 ? 1_300 : 675 * gib,
    maintenance_work_mem: 75 * gib,
    max_connections: 50 + 25 * gib,
    max_parallel_workers: gib === 2 ? 0 : gib / 4,
    max_parallel_workers_per_gather: 0,
    work_mem: 2 * gib,
  };
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));
}
