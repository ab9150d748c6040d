import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

export interface MessagePart {
  type: string;
  name: string | null;
  text: string;
  mergeType: string | null;
}

/** As cloud-init reads user data: the parser of Python's own library, compressed or not, and the bytes that each part holds. */
const READER = `
import email, gzip, json, sys
data = sys.stdin.buffer.read()
data = gzip.decompress(data) if data[:2] == b"\\x1f\\x8b" else data
parts = [p for p in email.message_from_string(data.decode()).walk() if not p.is_multipart()]
print(json.dumps([[p.get_content_type(), p.get_filename(), p.get_payload(decode=True).hex(), p["Merge-Type"]] for p in parts]))
`;

export function partsOfMessage(message: string | Uint8Array): MessagePart[] {
  const { stdout, stderr } = spawnSync("python3", ["-c", READER], { input: message, encoding: "utf8" });
  assert.equal(stderr, "");
  const parts = JSON.parse(stdout) as [string, string | null, string, string | null][];
  return parts.map(([type, name, hex, mergeType]) => ({
    type,
    name,
    text: Buffer.from(hex, "hex").toString(),
    mergeType,
  }));
}
