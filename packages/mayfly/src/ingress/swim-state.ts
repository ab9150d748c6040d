import type { EventKind, Instance, Phase } from "../lifecycle/instance.ts";

/** The state of one machine as SWIM tells it. The first six are SWIM's own; times are RFC 3339. */
export interface SwimState {
  /** The server's id in the cloud; empty until there is one. */
  id: string;
  name: string;
  ipv6: string;
  state: "starting" | "running" | "stopping" | "deleted" | "deleted-error";
  provisioned_at: string;
  deletion_at: string;
  /** Ours: which order of that name this is. */
  instance: string;
  /** Ours: what went wrong, where something did. */
  reason?: string;
}

/** What brought an instance to its end. */
export type End = Extract<EventKind, "gave-up" | "lost" | "released" | "expired" | "delete-requested">;

export function swimState(row: Instance, end: End | undefined): SwimState {
  const failed = row.desired === "gone" && isFailure(row, end);
  return {
    id: row.footprint.machine ?? "",
    name: row.spec.machineName ?? row.name,
    ipv6: row.ips.find((ip) => ip.includes(":")) ?? "",
    state: stateOf(row.phase, failed),
    provisioned_at: new Date(row.createdAt).toISOString(),
    deletion_at: new Date(row.expiresAt).toISOString(),
    instance: row.id,
    ...(failed && row.reason !== undefined && { reason: row.reason }),
  };
}

function isFailure(row: Instance, end: End | undefined): boolean {
  switch (end) {
    case "gave-up":
    case "lost":
    case "released":
      return true;
    case "expired":
      return row.readyAt === undefined;
    case "delete-requested":
    case undefined:
      return false;
    default:
      return end satisfies never;
  }
}

function stateOf(phase: Phase, failed: boolean): SwimState["state"] {
  switch (phase) {
    case "pending":
    case "provisioning":
      return "starting";
    case "running":
      return "running";
    // SWIM has no word for a machine that somebody stopped by other means.
    case "stopping":
    case "stopped":
    case "deleting":
      return "stopping";
    case "deleted":
      return failed ? "deleted-error" : "deleted";
    default:
      return phase satisfies never;
  }
}
