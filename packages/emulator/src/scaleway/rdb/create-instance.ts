import { flag, integer, record, records, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call } from "../../http/route.ts";
import { placeOf } from "../listed.ts";
import { regionalProjectOf } from "../project.ts";
import { isSentinel, refuseSentinel } from "../refuse-sentinel.ts";
import { engineNamed } from "./engines.ts";
import { startInstance } from "./instance-states.ts";
import { viewInstance } from "./instance-view.ts";
import { nodeTypeNamed } from "./node-types.ts";
import type { NodeType } from "./node-types.ts";
import { newPrivateEndpoint, wantedEndpoint } from "./private-endpoint.ts";
import { instances } from "./rows.ts";
import type { InstanceRow, Setting } from "./rows.ts";

/** POST /instances: everything is checked before anything is made. */
export function createInstance(call: Call): Answer {
  const { world } = call;
  const body = call.body();
  const node = nodeTypeOf(required(body, "node_type"));
  const engine = engineNamed(required(body, "engine"));
  if (!engine || engine.disabled) throw invalidArgument("engine", "constraint", "is not on offer");
  const refused = refuseSentinel(world, node.name, "rdb_instances");
  if (refused) return refused;
  const admin = text(body, "user_name");
  const order: NewInstance = {
    name: required(body, "name"),
    projectId: regionalProjectOf(call, body),
    tags: texts(body, "tags") ?? [],
    engine: engine.name,
    nodeType: node.name,
    isHa: flag(body, "is_ha_cluster", false),
    volume: volumeOf(body, node),
    backup: { disabled: flag(body, "disable_backup", false), frequency: 24, retention: 7 },
    backupSameRegion: flag(body, "backup_same_region", false),
    encrypted: flag(record(body, "encryption") ?? {}, "enabled", false),
    settings: [],
    initSettings: settingsOf(body, "init_settings"),
    users: admin ? [{ name: admin, isAdmin: true }] : [],
    databases: [{ name: "rdb", owner: "_rdb_superadmin" }],
    privileges: [],
  };
  const wanted = records(body, "init_endpoints") ?? [];
  const privately = wanted.map((one) => record(one, "private_network")).filter((one) => one !== undefined);
  const isPublic = wanted.length === 0 || wanted.some((one) => record(one, "load_balancer"));
  const places = privately.map((one) => wantedEndpoint(call, one));
  const row = newInstance(call, { ...order, pending: { addsPublicEndpoint: isPublic } });
  const endpoints = places.map((place) => newPrivateEndpoint(call, row, place));
  const made = instances(world).put({ ...row, endpoints }, call.now);
  return { ...json(200, viewInstance(world, made)), lost: isSentinel(node.name, "lostAnswer") };
}

export type NewInstance = Pick<
  InstanceRow,
  | "name"
  | "projectId"
  | "tags"
  | "engine"
  | "nodeType"
  | "isHa"
  | "volume"
  | "backup"
  | "backupSameRegion"
  | "encrypted"
  | "settings"
  | "initSettings"
  | "users"
  | "databases"
  | "privileges"
>;

/** An instance that is being made. */
export function newInstance(call: Call, given: NewInstance & Pick<InstanceRow, "pending">): InstanceRow {
  const { world, now } = call;
  const row: InstanceRow = {
    ...given,
    id: world.random.uuid(),
    zone: placeOf(call),
    createdAt: now,
    modifiedAt: now,
    logs: { maxAge: 30, totalDisk: null },
    endpoints: [],
    acl: [{ ip: "0.0.0.0/0", description: "Allow All" }],
    status: "provisioning",
    epoch: 0,
  };
  instances(world).put(row, now);
  startInstance(world, row, now);
  return row;
}

export function nodeTypeOf(name: string): NodeType {
  const type = nodeTypeNamed(name);
  if (!type) throw invalidArgument("node_type", "constraint", `${name} is not a node type`);
  return type;
}

/** A local volume has the size of its node. */
function volumeOf(body: Body, node: NodeType): InstanceRow["volume"] {
  const type = volumeType(body) ?? "lssd";
  const size = integer(body, "volume_size") ?? 0;
  if (type !== "lssd") return { type, size: blockSize(size) };
  if (node.localGb === null)
    throw invalidArgument("volume_type", "constraint", `${node.name} has no local volume`);
  return { type, size: node.localGb * 1e9 };
}

export function volumeType(body: Body): string | undefined {
  const type = text(body, "volume_type");
  if (type !== undefined && !["lssd", "sbs_5k", "sbs_15k"].includes(type))
    throw invalidArgument("volume_type", "constraint", "not a valid value");
  return type;
}

export function blockSize(size: number): number {
  if (size < 5e9 || size % 5e9 !== 0)
    throw invalidArgument("volume_size", "constraint", "must be a multiple of 5 GB");
  return size;
}

export function settingsOf(body: Body, name: string): Setting[] {
  return (records(body, name) ?? []).map((one) => ({
    name: required(one, "name"),
    value: text(one, "value") ?? "",
  }));
}
