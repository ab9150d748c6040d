import { flag, text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { equal, listed, placeOf, tagged, when } from "../listed.ts";
import { byProject, inOrganization, projectOf } from "../project.ts";
import { foundLb, foundPart } from "./found-lb.ts";
import { newLbIp, ownReverse, viewLbIp } from "./lb-ip.ts";
import { lbIps } from "./rows.ts";
import type { LbIpRow } from "./rows.ts";

const IPS = "/lb/v1/zones/{zone}/ips";

export function lbIpRoutes(): Route[] {
  const path = `${IPS}/{id}`;
  return [
    { operation: "listLbIps", method: "GET", path: IPS, handle: listIps },
    { operation: "createLbIp", method: "POST", path: IPS, handle: createIp },
    { operation: "getLbIp", method: "GET", path, handle: (call) => answer(call, ipOf(call)) },
    { operation: "updateLbIp", method: "PATCH", path, handle: updateIp },
    { operation: "releaseLbIp", method: "DELETE", path, handle: releaseIp },
  ];
}

function ipOf(call: Call): LbIpRow {
  return foundPart(call, lbIps(call.world), call.params.id ?? "", "ips");
}

function answer(call: Call, row: LbIpRow): Answer {
  return json(200, viewLbIp(call.world, row));
}

function listIps(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, lbIps(world), [
    equal(query, "ip_address", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    when(query, "ip_type", (wanted, row) => wanted === "all" || (wanted === "ipv6") === row.isIpv6),
    tagged(query),
  ]);
  return bodyPage(call, { key: "ips", rows, view: (row) => viewLbIp(world, row) });
}

function createIp(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const reverse = text(body, "reverse");
  const given = {
    zone: placeOf(call),
    projectId: projectOf(call, body),
    isIpv6: flag(body, "is_ipv6", false),
    tags: texts(body, "tags") ?? [],
    lbId: null,
    ...(reverse ? { reverse } : {}),
  };
  return answer(call, newLbIp(world, given, now));
}

/** An empty reverse name brings the cloud's own back. */
function updateIp(call: Call): Answer {
  const row = ipOf(call);
  const body = call.body();
  const lbId = text(body, "lb_id") ?? row.lbId;
  if (lbId !== row.lbId) {
    if (row.lbId !== null)
      throw invalidArgument("lb_id", "constraint", "IP is attached to another load balancer");
    foundLb(call, lbId ?? "");
  }
  const reverse = text(body, "reverse") ?? row.reverse;
  const next = {
    ...row,
    lbId,
    reverse: reverse === "" ? ownReverse(row.name, row.zone) : reverse,
    tags: texts(body, "tags") ?? row.tags,
  };
  return answer(call, lbIps(call.world).put(next, call.now));
}

function releaseIp(call: Call): Answer {
  const row = ipOf(call);
  if (row.lbId !== null)
    throw preconditionFailed(412, "resource_still_in_use", "IP is attached to a load balancer");
  lbIps(call.world).remove(row.id, call.now);
  return noContent();
}
