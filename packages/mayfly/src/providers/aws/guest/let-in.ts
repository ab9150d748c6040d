import type { SshKey } from "../../../lifecycle/instance.ts";
import type { GuestPart } from "../../guest/guest-part.ts";

/**
 * The keys of a machine that has several, for cloud-init: the cloud puts in one itself. They are added to those that the
 * user's own cloud-init names, so they come after it.
 */
export const letIn = (keys: readonly SshKey[]): GuestPart => ({
  type: "text/cloud-config",
  name: "mayfly-keys",
  mergeType: "list(append)+dict(no_replace,recurse_list)+str()",
  // JSON is YAML.
  text: `#cloud-config\n${JSON.stringify({ ssh_authorized_keys: keys.map(({ publicKey }) => publicKey) }, null, 1)}\n`,
});
