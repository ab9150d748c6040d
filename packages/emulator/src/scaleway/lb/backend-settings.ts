import { flag, integer, one, required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { durationText } from "./duration-text.ts";

/** What a create or an update says of a backend, as the API shows it. */
export function backendSettings(body: Body): Body {
  return {
    forward_protocol: one(body, "forward_protocol", ["tcp", "http"]) ?? missing("forward_protocol"),
    forward_port: port(body, "forward_port"),
    forward_port_algorithm:
      one(body, "forward_port_algorithm", ["roundrobin", "leastconn", "first"]) ?? "roundrobin",
    sticky_sessions: one(body, "sticky_sessions", ["none", "cookie", "table"]) ?? "none",
    sticky_sessions_cookie_name: text(body, "sticky_sessions_cookie_name") ?? "",
    send_proxy_v2: flag(body, "send_proxy_v2", false),
    timeout_server: integer(body, "timeout_server") ?? null,
    timeout_connect: integer(body, "timeout_connect") ?? null,
    timeout_tunnel: integer(body, "timeout_tunnel") ?? null,
    timeout_queue: durationText(body, "timeout_queue"),
    on_marked_down_action:
      one(body, "on_marked_down_action", ["on_marked_down_action_none", "shutdown_sessions"]) ??
      "on_marked_down_action_none",
    proxy_protocol: text(body, "proxy_protocol") ?? "proxy_protocol_none",
    failover_host: text(body, "failover_host") ?? null,
    host: text(body, "host") ?? "",
    ssl_bridging: flag(body, "ssl_bridging", false),
    ignore_ssl_server_verify: body.ignore_ssl_server_verify ?? null,
    redispatch_attempt_count: integer(body, "redispatch_attempt_count") ?? null,
    max_retries: integer(body, "max_retries") ?? null,
    max_connections: integer(body, "max_connections") ?? null,
  };
}

const CHECKS = ["tcp", "http", "https", "mysql", "pgsql", "redis", "ldap"].map((kind) => `${kind}_config`);

/** One that says nothing of how to check connects only. */
export function healthCheck(body: Body): Body {
  const [check = "tcp_config"] = CHECKS.filter((name) => body[name] !== undefined && body[name] !== null);
  return {
    port: port(body, "port"),
    check_delay: integer(body, "check_delay") ?? null,
    check_timeout: integer(body, "check_timeout") ?? null,
    check_max_retries: integer(body, "check_max_retries") ?? 0,
    check_send_proxy: flag(body, "check_send_proxy", false),
    transient_check_delay: durationText(body, "transient_check_delay"),
    [check]: body[check] ?? {},
  };
}

export function port(body: Body, name: string): number {
  const value = integer(body, name);
  if (value === undefined) return missing(name);
  if (value < 1 || value > 65_535) throw invalidArgument(name, "constraint", "must be a port");
  return value;
}

function missing(name: string): never {
  required({}, name);
  throw new Error(`${name} was there`);
}
