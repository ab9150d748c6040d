import { text } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";

const MOST_BYTES = 128 * 1024;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The base64 content of a request. */
export function contentOf(body: Body): string {
  const content = text(body, "content");
  if (content === undefined) throw invalidArgument("content", "required");
  if (!BASE64.test(content)) throw invalidArgument("content", "format", "must be base64");
  if (Buffer.byteLength(content, "base64") > MOST_BYTES)
    throw invalidArgument("content", "constraint", `must not be larger than ${MOST_BYTES} bytes`);
  return content;
}

/** As v1 keeps and shows it. */
export function plainText(content: string): string {
  return Buffer.from(content, "base64").toString();
}

export function base64(plain: string): string {
  return Buffer.from(plain).toString("base64");
}
