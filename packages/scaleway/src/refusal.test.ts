import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallErrorKind } from "./call-error.ts";
import { refusal } from "./refusal.ts";

const REQUEST = new Request("https://api.scaleway.com/instance/v1/zones/fr-par-1/servers?page=2", {
  method: "POST",
});

function refused(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return refusal(REQUEST, { status, headers: new Headers(headers), text }, { secrets: [], now: 0 });
}

const cases: [number, unknown, CallErrorKind][] = [
  [
    401,
    {
      type: "denied_authentication",
      message: "authentication is denied",
      method: "api_key",
      reason: "not_found",
    },
    "unauthorized",
  ],
  [403, { type: "permissions_denied", message: "insufficient permissions", details: [] }, "unauthorized"],
  [403, "<html>", "unauthorized"],
  [
    403,
    { type: "quotas_exceeded", message: "quota(s) exceeded for this resource", details: [] },
    "quota_exceeded",
  ],
  [403, { type: "invalid_request_error", message: "Quota exceeded for this resource." }, "invalid_input"],
  [404, { type: "not_found", resource: "instance_server", resource_id: "1" }, "not_found"],
  [404, { type: "unknown_resource", message: '"1" not found' }, "not_found"],
  [404, { message: "lbs not Found" }, "not_found"],
  [404, "", "not_found"],
  [409, { type: "transient_state", current_state: "configuring" }, "conflict"],
  [409, { type: "already_exists" }, "conflict"],
  [409, { message: "Tuple concurrently updated" }, "conflict"],
  [
    400,
    { type: "precondition_failed", precondition: "resource_still_in_use", help_message: "x" },
    "conflict",
  ],
  [412, { type: "precondition_failed", precondition: "resource_still_in_use" }, "conflict"],
  [412, { type: "precondition_failed", message: "server should be stopped" }, "conflict"],
  [412, { precondition: "resource_not_usable" }, "conflict"],
  [412, "", "conflict"],
  [
    412,
    { type: "out_of_stock", message: "resource is out of stock", resource: "L40S-1-48G" },
    "insufficient_capacity",
  ],
  [400, { type: "invalid_arguments", message: "invalid argument(s)", details: [] }, "invalid_input"],
  [400, { message: "no" }, "invalid_input"],
  [429, "", "rate_limited"],
  [429, { type: "too_many_requests" }, "rate_limited"],
  [500, { type: "not_found" }, "unavailable"],
  [502, "<html>", "unavailable"],
  [503, { message: "cloud-init is not supported on this offer" }, "unavailable"],
];

for (const [status, body, kind] of cases)
  test(`${status} ${JSON.stringify(body)} is ${kind}`, () => assert.equal(refused(status, body).kind, kind));

test("an error tells the operation, the cloud's words and the request to name to its support", () => {
  const details = [
    { argument_name: "volume_id", reason: "constraint", help_message: "Volume 1 is not attached" },
  ];
  const body = { type: "invalid_arguments", message: "invalid argument(s)", details };
  assert.equal(
    refused(400, body, { "x-request-id": "r-1" }).message,
    "POST /instance/v1/zones/fr-par-1/servers: 400 invalid_arguments: invalid argument(s); volume_id: constraint: Volume 1 is not attached (request r-1)",
  );
});

test("a quota names what is full", () => {
  const details = [{ resource: "cp_servers_type_L40S_1_48G", quota: 2, current: 2 }];
  const error = refused(403, { type: "quotas_exceeded", message: "quota(s) exceeded", details });
  assert.match(error.explanation, /cp_servers_type_L40S_1_48G: 2 of 2/);
});

test("Retry-After is understood in seconds and as a date", () => {
  assert.equal(refused(429, "", { "retry-after": "7" }).retryAfterMs, 7_000);
  assert.equal(refused(429, "", { "retry-after": "Thu, 01 Jan 1970 00:00:09 GMT" }).retryAfterMs, 9_000);
  assert.equal(refused(429, "").retryAfterMs, undefined);
});
