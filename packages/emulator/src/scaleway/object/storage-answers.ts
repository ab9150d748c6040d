import type { Answer, Call } from "../../http/route.ts";
import type { StorageError } from "./storage-error.ts";
import { xml } from "./xml.ts";
import type { Xml } from "./xml.ts";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** @param contentType lists are `application/xml`; what was put on a bucket or an object comes back as `text/xml` */
export function xmlAnswer(
  value: { readonly [name: string]: Xml },
  contentType: "application/xml" | "text/xml; charset=utf-8" = "application/xml",
): Answer {
  return textAnswer(DECLARATION + xml(value), contentType);
}

export function textAnswer(body: string, contentType: string): Answer {
  return { status: 200, headers: { "Content-Type": contentType }, body };
}

/** Done, and nothing to tell. */
export function bare(status: 200 | 204, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: "" };
}

/** A refusal as XML; a HEAD has none. */
export function errorAnswer({ world, params }: Call, method: string, error: StorageError): Answer {
  const requestId = `txg${world.random.hex(21)}`;
  const { status, code, message } = error;
  const { bucket } = params;
  const headers = { "Content-Type": "application/xml", "x-amz-request-id": requestId };
  if (method === "HEAD") return { status, headers, body: "" };
  const body = xml({
    Error: {
      Code: code,
      Message: message,
      RequestId: requestId,
      HostId: requestId,
      Resource: `/${bucket ?? ""}`,
      BucketName: /TagSet|Lifecycle/.test(code) ? bucket : undefined,
    },
  });
  return { status, headers, body };
}
