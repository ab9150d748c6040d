/** An answer that refuses, as the cloud words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: Record<string, unknown>) {
    super(`${status} ${JSON.stringify(body)}`);
    this.name = "Refusal";
    this.status = status;
    this.body = body;
  }
}

export type ArgumentReason = "required" | "format" | "constraint" | "unknown";

export function notFound(resource: string, id: string): Refusal {
  return new Refusal(404, {
    type: "not_found",
    message: "resource is not found",
    resource,
    resource_id: id,
  });
}

export function invalidArgument(name: string, reason: ArgumentReason, help?: string): Refusal {
  return new Refusal(400, {
    type: "invalid_arguments",
    message: "invalid argument(s)",
    details: [{ argument_name: name, reason, ...(help ? { help_message: help } : {}) }],
  });
}

export function preconditionFailed(
  status: 400 | 412,
  precondition: "resource_still_in_use" | "resource_not_usable" | "protected_resource",
  help: string,
): Refusal {
  return new Refusal(status, {
    type: "precondition_failed",
    message: "precondition is not respected",
    precondition,
    help_message: help,
  });
}

/** The bare form, without precondition and help message, that server actions answer with. */
export function wrongState(message: string): Refusal {
  return new Refusal(412, { message, type: "precondition_failed" });
}

/** Not now: what is asked for is on its way to another state. */
export function transientState(resource: string, id: string, state: string): Refusal {
  return new Refusal(409, {
    type: "transient_state",
    message: "resource is in a transient state",
    resource,
    resource_id: id,
    current_state: state,
  });
}

export function outOfStock(resource: string): Refusal {
  return new Refusal(412, { type: "out_of_stock", message: "resource is out of stock", resource });
}

export function quotaExceeded(resource: string): Refusal {
  return new Refusal(403, {
    type: "quotas_exceeded",
    message: "quota(s) exceeded for this resource",
    details: [{ resource, quota: 2, current: 2 }],
  });
}

export function permissionsDenied(details: { action: string; resource: string }[] = []): Refusal {
  return new Refusal(403, { details, message: "insufficient permissions", type: "permissions_denied" });
}

export function authenticationDenied(): Refusal {
  return new Refusal(401, {
    message: "authentication is denied",
    method: "api_key",
    reason: "not_found",
    type: "denied_authentication",
  });
}
