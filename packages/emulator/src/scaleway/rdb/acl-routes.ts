import { records, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { parseCidr } from "../cidr.ts";
import { foundInstance, putInstance, readyInstance } from "./found-instance.ts";
import { INSTANCES } from "./instance-routes.ts";
import { changeInstance } from "./instance-states.ts";
import type { AclRule, InstanceRow } from "./rows.ts";

/** From where a database is reached. */
export function rdbAclRoutes(): Route[] {
  const path = `${INSTANCES}/{id}/acls`;
  return [
    {
      operation: "listInstanceACLRules",
      method: "GET",
      path,
      handle(call) {
        const row = foundInstance(call);
        return bodyPage(call, { key: "rules", rows: row.acl, view: (rule) => viewRule(row, rule) });
      },
    },
    {
      operation: "setInstanceACLRules",
      method: "PUT",
      path,
      handle: (call) => change(call, readyInstance(call), rulesOf(call.body())),
    },
    {
      operation: "addInstanceACLRules",
      method: "POST",
      path,
      handle(call) {
        const row = readyInstance(call);
        const added = rulesOf(call.body());
        const kept = row.acl.filter(({ ip }) => !added.some((rule) => rule.ip === ip));
        return change(call, row, [...kept, ...added]);
      },
    },
    { operation: "deleteInstanceACLRules", method: "DELETE", path, handle: deleteRules },
  ];
}

function rulesOf(body: Body): AclRule[] {
  return (records(body, "rules") ?? []).map((rule) => {
    const ip = required(rule, "ip");
    if (!parseCidr(ip.includes("/") ? ip : `${ip}/32`))
      throw invalidArgument("ip", "format", "value must be a valid CIDR block");
    return { ip, description: text(rule, "description") || "IP allowed" };
  });
}

function change(call: Call, row: InstanceRow, acl: readonly AclRule[], shown = acl): Answer {
  const next = putInstance(call, row, { acl });
  changeInstance(call.world, next, { status: "configuring" }, call.now);
  return json(200, { rules: shown.map((rule) => viewRule(row, rule)) });
}

/** Answers with those that are no more. */
function deleteRules(call: Call): Answer {
  const row = readyInstance(call);
  const ips = texts(call.body(), "acl_rule_ips") ?? [];
  const removed = row.acl.filter(({ ip }) => ips.includes(ip));
  const kept = row.acl.filter(({ ip }) => !ips.includes(ip));
  return change(call, row, kept, removed);
}

/** The port is that of the public endpoint. */
function viewRule({ endpoints }: InstanceRow, { ip, description }: AclRule): Record<string, unknown> {
  const port = endpoints.find(({ network }) => network === null)?.port ?? 0;
  return { ip, port, protocol: "tcp", direction: "inbound", action: "allow", description };
}
