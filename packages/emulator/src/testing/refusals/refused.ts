import type { Refused } from "./refusal.ts";

export function missing(resource: string, id: string): Refused {
  const message = "resource is not found";
  return { status: 404, body: { type: "not_found", message, resource, resource_id: id } };
}

export function invalid(argument: string, reason: string, help?: string): Refused {
  const details = [{ argument_name: argument, reason, ...(help ? { help_message: help } : {}) }];
  return { status: 400, body: { type: "invalid_arguments", message: "invalid argument(s)", details } };
}

export function precondition(status: 400 | 412, what: string, help?: string): Refused {
  const body = { type: "precondition_failed", message: "precondition is not respected", precondition: what };
  return { status, body: help ? { ...body, help_message: help } : body };
}

/** Without a precondition, as the actions of servers are refused. */
export function bare(message: string): Refused {
  return { status: 412, body: { type: "precondition_failed", message } };
}

export function denied(action: string, resource: string): Refused {
  const body = { type: "permissions_denied", message: "insufficient permissions" };
  return { status: 403, body: { ...body, details: [{ action, resource }] } };
}

export function outOfStock(type: string): Refused {
  const message = "resource is out of stock";
  return { status: 412, body: { type: "out_of_stock", message, resource: type } };
}

export function overQuota(resource: string): Refused {
  const body = { type: "quotas_exceeded", message: "quota(s) exceeded for this resource" };
  return { status: 403, body: { ...body, details: [{ resource, quota: 2, current: 2 }] } };
}

export function inTransit(resource: string, id: string, state: string): Refused {
  const body = { type: "transient_state", message: "resource is in a transient state" };
  return { status: 409, body: { ...body, resource, resource_id: id, current_state: state } };
}
