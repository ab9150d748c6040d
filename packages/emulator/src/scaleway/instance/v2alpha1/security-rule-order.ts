import { integer, record, text } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";
import type { RuleRow } from "../rows.ts";
import { withoutMask } from "../without-mask.ts";
import { choice } from "./choice.ts";

type Ports = NonNullable<RuleRow["near"]>["ports"];

/** A rule as a request describes it. @param before what is absent stays as it was there */
export function ruleOrder(body: Body, id: string, before?: RuleRow): RuleRow {
  const direction = choice(body, "direction", ["inbound", "outbound", "both"]) ?? before?.direction;
  const action = choice(body, "action", ["accept", "drop"]) ?? before?.action;
  const protocol = choice(body, "protocol", ["tcp", "udp", "icmp", "any"])?.toUpperCase() ?? before?.protocol;
  if (!direction) throw invalidArgument("direction", "required");
  if (!action) throw invalidArgument("action", "required");
  if (!protocol) throw invalidArgument("protocol", "required");
  const [far, near] = ends(direction);
  const source = portsOf(body, "source_ports") ?? before?.near?.ports ?? null;
  const ports = portsOf(body, "destination_ports");
  return {
    id,
    direction,
    action,
    protocol,
    ipRange: withoutMask(text(body, far) || (before?.ipRange ?? "0.0.0.0/0")),
    portFrom: ports ? ports.start : (before?.portFrom ?? null),
    portTo: ports ? endOf(ports) : (before?.portTo ?? null),
    near: { ipRange: text(body, near) || (before?.near?.ipRange ?? "0.0.0.0/0"), ports: source },
  };
}

/** Which range is the far end's, which ours. */
function ends(direction: string): ["source_ip_range" | "destination_ip_range", string] {
  return direction === "outbound"
    ? ["destination_ip_range", "source_ip_range"]
    : ["source_ip_range", "destination_ip_range"];
}

function portsOf(body: Body, name: string): Ports | undefined {
  const range = record(body, name);
  if (!range) return undefined;
  const start = integer(range, "start");
  const end = integer(range, "end") ?? start;
  if (start === undefined || end === undefined) throw invalidArgument(name, "required");
  if (start < 0 || end > 65_535 || start > end)
    throw invalidArgument(name, "constraint", "not a range of ports");
  return { start, end };
}

/** v1 writes a single port without an end. */
function endOf(ports: NonNullable<Ports>): number | null {
  return ports.end === ports.start ? null : ports.end;
}
