import type { InstanceView } from "../api/instance-view.ts";
import type { Style } from "./context.ts";

/** How a phase looks: what is well, what is on its way, what is over. */
export function phaseStyle({
  phase,
  troubleSince,
}: Pick<InstanceView, "phase"> & { troubleSince?: string }): Style {
  if (troubleSince !== undefined) return "red";
  switch (phase) {
    case "running":
      return "green";
    case "pending":
    case "provisioning":
    case "stopping":
    case "deleting":
      return "yellow";
    case "stopped":
      return "cyan";
    case "deleted":
      return "dim";
    default:
      return phase satisfies never;
  }
}
