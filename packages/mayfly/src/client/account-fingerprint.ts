/** What tells one set of credentials from another without giving any away. */
export interface AccountIdentity {
  /** The public half of the key. */
  accessKey: string;
  projectId: string;
  /** Where its API is. */
  endpoint: string;
}

/** A hash of what is public of an account; service and clients compare it. */
export async function accountFingerprint(identity: AccountIdentity): Promise<string> {
  const { createHash } = await import("node:crypto");
  const text = JSON.stringify([
    identity.accessKey,
    identity.projectId,
    identity.endpoint.replace(/\/+$/, ""),
  ]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
