import { createHash } from "node:crypto";
import type { GuestPart } from "./guest-part.ts";

/** As far as cloud-init looks for `MIME-Version:` to tell a MIME message from anything else. */
const LOOKED_AT_BYTES = 4_096;

/**
 * The user's cloud-init with what runs before it, whatever comes of it, and what is merged into it. Joined as
 * https://docs.cloud-init.io/en/latest/explanation/format.html says; with nothing to join it is what the user gave. The same
 * user data is joined to the same text.
 */
export function joinParts(
  userData: string | undefined,
  { before = [], after = [] }: { before?: readonly GuestPart[]; after?: readonly GuestPart[] },
): string | undefined {
  if (before.length === 0 && after.length === 0) return userData;
  const parts = [
    ...before.map(part),
    ...(userData === undefined ? [] : [isMime(userData) ? userData : unchanged(userData)]),
    ...after.map(part),
  ];
  const boundary = boundaryOf(parts.join(""));
  const body = parts.map((each) => `--${boundary}\n${each}\n`).join("");
  return `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\n\n${body}--${boundary}--\n`;
}

/**
 * What cloud-init would have got alone, under the name and with the type that it would have given it: it looks at the
 * first line then, as it does with scripts, cloud-config, includes, templates and archives that come alone.
 * https://github.com/canonical/cloud-init/blob/main/cloudinit/user_data.py
 */
function unchanged(text: string): string {
  return part({ type: "text/x-not-multipart", name: "part-001", text });
}

function part({ type, name, text, mergeType }: GuestPart): string {
  // A parser of messages leaves nothing else as it is.
  const isPlain = /^[\t\n\x20-\x7e]*$/.test(text);
  const [encoding, body] = isPlain ? ["7bit", text] : ["base64", lines(Buffer.from(text).toString("base64"))];
  return [
    `Content-Type: ${type}`,
    "MIME-Version: 1.0",
    `Content-Transfer-Encoding: ${encoding}`,
    `Content-Disposition: attachment; filename="${name}"`,
    ...(mergeType === undefined ? [] : [`Merge-Type: ${mergeType}`]),
    "",
    body,
  ].join("\n");
}

const lines = (base64: string): string => base64.replace(/.{76}/g, "$&\n");

/** The user's own message with its own parts: nested as it is. */
function isMime(text: string): boolean {
  const start = Buffer.from(text).subarray(0, LOOKED_AT_BYTES).toString("latin1");
  return start.toLowerCase().includes("mime-version:");
}

function boundaryOf(text: string): string {
  for (let salt = 0; ; salt++) {
    const hash = createHash("sha256").update(`${salt}\n${text}`).digest("hex");
    const boundary = `mayfly-${hash.slice(0, 32)}`;
    if (!text.includes(boundary)) return boundary;
  }
}
