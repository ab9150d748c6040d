import { createHash } from "node:crypto";
import { Refused } from "../refused.ts";

const SUGGESTION = "give the one line of the file that ends in .pub";

/**
 * Kind and data of a line of an `authorized_keys` file, without its comment, which the cloud drops. Throws `Refused` for what
 * is none: it may be a secret, so that no message repeats it.
 */
export function publicKey(text: string): string {
  const line = text.trim();
  if (line === "") throw new Refused("the public key is empty", SUGGESTION);
  if (/PRIVATE KEY/i.test(line))
    throw new Refused("it is a private key, which stays with its owner", SUGGESTION);
  if (/[\r\n]/.test(line)) throw new Refused("the public key has several lines", SUGGESTION);
  const [kind = "", data = ""] = line.split(/\s+/);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data) || firstField(data) !== kind || !/^[\w.@-]+$/.test(kind))
    throw new Refused("it is not a public key", SUGGESTION);
  return `${kind} ${data}`;
}

/** As `ssh-keygen -l` shows it. @param key as the cloud or `publicKey` gives it */
export function fingerprint(key: string): string {
  const [, data = ""] = key.split(/\s+/);
  const digest = createHash("sha256").update(Buffer.from(data, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}

/** The data begins with its kind: https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
function firstField(data: string): string | undefined {
  const blob = Buffer.from(data, "base64");
  if (blob.length < 4) return undefined;
  const end = 4 + blob.readUInt32BE(0);
  return end < blob.length ? blob.subarray(4, end).toString("latin1") : undefined;
}
