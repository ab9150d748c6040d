import { flag, one, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, transientState } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { uuids } from "../../http/uuids.ts";
import { containing, equal, listed, placeOf, queriedFlag, tagged } from "../listed.ts";
import { byProject, inOrganization, projectOf } from "../project.ts";
import { regionOf } from "../region-of.ts";
import { isSentinel, refuseSentinel } from "../refuse-sentinel.ts";
import { foundLb } from "./found-lb.ts";
import { freeLbIp, newLbIp } from "./lb-ip.ts";
import { deleteLb, migrateLb, reconfigureLb, startLb } from "./lb-states.ts";
import { LB_TYPES, lbTypeNamed } from "./lb-types.ts";
import { viewLb } from "./lb-view.ts";
import { lbIps, lbs } from "./rows.ts";
import type { LbIpRow, LbRow } from "./rows.ts";

export const LBS = "/lb/v1/zones/{zone}/lbs";

const SSL_LEVELS = ["intermediate", "modern", "old"].map((level) => `ssl_compatibility_level_${level}`);

export function lbRoutes(): Route[] {
  const path = `${LBS}/{id}`;
  return [
    { operation: "listLbs", method: "GET", path: LBS, handle: listLbs },
    { operation: "createLb", method: "POST", path: LBS, handle: createLb },
    { operation: "getLb", method: "GET", path, handle: (call) => answer(call, foundLb(call)) },
    { operation: "updateLb", method: "PUT", path, handle: updateLb },
    { operation: "deleteLb", method: "DELETE", path, handle: endLb },
    { operation: "migrateLb", method: "POST", path: `${path}/migrate`, handle: migrate },
    { operation: "listLbTypes", method: "GET", path: "/lb/v1/zones/{zone}/lb-types", handle: listTypes },
  ];
}

function answer(call: Call, row: LbRow): Answer {
  return json(200, viewLb(call.world, row));
}

function listLbs(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, lbs(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "lbs", rows, order, view: (row) => viewLb(world, row) });
}

function createLb(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const type = lbTypeNamed(required(body, "type"));
  const refused = refuseSentinel(world, type, "lb_load_balancers");
  if (refused) return refused;
  const row: LbRow = {
    id: world.random.uuid(),
    name: required(body, "name"),
    zone: placeOf(call),
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    projectId: projectOf(call, body),
    description: text(body, "description") ?? "",
    type,
    sslCompatibilityLevel: sslLevel(body) ?? SSL_LEVELS[0]!,
    status: "to_create",
    epoch: 0,
    machine: null,
    releasesIps: false,
  };
  const taken = takenIps(call, body);
  lbs(world).put(row, now);
  for (const ip of taken) lbIps(world).put({ ...ip, lbId: row.id }, now);
  for (const isIpv6 of newIps(body, taken))
    newLbIp(world, { zone: row.zone, projectId: row.projectId, isIpv6, lbId: row.id }, now);
  startLb(world, row, now);
  return { ...answer(call, row), lost: isSentinel(type, "lostAnswer") };
}

function takenIps(call: Call, body: Body): LbIpRow[] {
  const single = text(body, "ip_id");
  const ids = uuids(body, "ip_ids") ?? [];
  return [...new Set(single ? [single, ...ids] : ids)].map((id) => freeLbIp(call, id));
}

/** Of which families it is given addresses: of IPv4, unless it brings its own or is to have none. */
function newIps(body: Body, taken: readonly LbIpRow[]): boolean[] {
  const wantsIpv4 = flag(body, "assign_flexible_ip", taken.length === 0);
  return [...(wantsIpv4 ? [false] : []), ...(flag(body, "assign_flexible_ipv6", false) ? [true] : [])];
}

function sslLevel(body: Body): string | undefined {
  return one(body, "ssl_compatibility_level", SSL_LEVELS);
}

function updateLb(call: Call): Answer {
  const { world, now } = call;
  const row = changeable(foundLb(call));
  const body = call.body();
  const changed: LbRow = {
    ...row,
    name: required(body, "name"),
    description: text(body, "description") ?? row.description,
    tags: texts(body, "tags") ?? row.tags,
    sslCompatibilityLevel: sslLevel(body) ?? row.sslCompatibilityLevel,
    modifiedAt: now,
  };
  return answer(call, reconfigureLb(world, lbs(world).put(changed, now), now));
}

/** A second time it is on its way already. */
function endLb(call: Call): Answer {
  const { world, now } = call;
  const row = foundLb(call);
  const releases = queriedFlag(call.query, "release_ip") ?? false;
  if (row.status !== "to_delete") deleteLb(world, row, releases, now);
  return noContent();
}

function migrate(call: Call): Answer {
  const { world, now } = call;
  const row = changeable(foundLb(call));
  const type = lbTypeNamed(required(call.body(), "type"));
  if (type === row.type)
    throw invalidArgument("type", "constraint", `the load balancer is a ${type} already`);
  if (row.status !== "ready") throw transientState("lb", row.id, row.status);
  return answer(call, migrateLb(world, row, type, now));
}

/** What is on its way out takes no changes. */
function changeable(row: LbRow): LbRow {
  if (row.status === "to_delete") throw transientState("lb", row.id, row.status);
  return row;
}

function listTypes(call: Call): Answer {
  const zone = placeOf(call);
  const view = ({ name, description }: (typeof LB_TYPES)[number]) => ({
    name,
    stock_status: "available",
    description,
    region: regionOf(zone),
    zone,
  });
  return bodyPage(call, { key: "lb_types", rows: LB_TYPES, view });
}
