import { createHash } from "node:crypto";
import type { SshKey } from "../lifecycle/instance.ts";

/** A key that is known by what it is: the same text has the same name, whoever sends it. */
export function sshKey(publicKey: string): SshKey {
  const [kind, blob] = publicKey.split(/\s+/);
  const digest = createHash("sha256").update(`${kind} ${blob}`).digest("hex");
  return { name: `key-${digest.slice(0, 12)}`, publicKey: `${kind} ${blob}` };
}
