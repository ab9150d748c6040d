import { createHash } from "node:crypto";

export interface SshPublicKey {
  /** Its kind and its data, without the comment. */
  readonly text: string;
  /** `3072 MD5:07:6c:… (ssh-rsa)` */
  readonly fingerprint: string;
}

/** What a line of `~/.ssh/id_….pub` says; undefined when it is none. */
export function parseSshKey(line: string): SshPublicKey | undefined {
  const [kind = "", data = ""] = line.trim().split(/\s+/);
  const blob = Buffer.from(data, "base64");
  const fields = fieldsOf(blob);
  if (fields[0]?.toString() !== kind) return undefined;
  const hash = createHash("md5").update(blob).digest("hex");
  const colons = (hash.match(/../g) ?? []).join(":");
  return { text: `${kind} ${data}`, fingerprint: `${bitsOf(kind, fields)} MD5:${colons} (${kind})` };
}

/** RFC 4251: each field is preceded by its length. */
function fieldsOf(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length;) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return fields;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** The length of an RSA key is that of its modulus; those on curves are named for theirs. */
function bitsOf(kind: string, fields: Buffer[]): number {
  const modulus = fields[2];
  if (kind === "ssh-rsa" && modulus) return BigInt(`0x0${modulus.toString("hex")}`).toString(2).length;
  return Number(/nistp(\d+)/.exec(kind)?.[1] ?? 256);
}
