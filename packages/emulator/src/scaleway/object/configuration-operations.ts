import type { Answer, Call } from "../../http/route.ts";
import { aclAnswer, givenAcl } from "./access-control.ts";
import { bucketOf } from "./bucket-of.ts";
import { buckets } from "./rows.ts";
import type { BucketRow } from "./rows.ts";
import { bare, textAnswer, xmlAnswer } from "./storage-answers.ts";
import { StorageError } from "./storage-error.ts";
import { textsOf } from "./xml.ts";

const TYPE = "text/xml; charset=utf-8";

/** What can be put on a bucket, got back as it was put, and taken away; and what it is when there is none. */
const ABSENT = {
  tagging: "NoSuchTagSet",
  cors: "NoSuchCORSConfiguration",
  lifecycle: "NoSuchLifecycleConfiguration",
  website: "NoSuchWebsiteConfiguration",
  policy: "NoSuchBucketPolicy",
  "object-lock": "ObjectLockConfigurationNotFoundError",
} as const;

export type Configuration = keyof typeof ABSENT;

export const CONFIGURATIONS = Object.keys(ABSENT) as Configuration[];

export function getConfiguration(call: Call, name: Configuration): Answer {
  const text = bucketOf(call).configurations[name];
  if (text === undefined) throw new StorageError(ABSENT[name]);
  return textAnswer(text, name === "policy" ? "application/json" : TYPE);
}

export function putConfiguration(call: Call, name: Configuration): Answer {
  const row = bucketOf(call);
  const { text } = call;
  if (name === "policy" ? !isJson(text) : !text.trim().startsWith("<"))
    throw new StorageError(name === "policy" ? "MalformedPolicy" : "MalformedXML");
  put(call, row, {
    configurations: { ...row.configurations, [name]: text },
    ...(name === "tagging" && { tags: tagsOf(text) }),
  });
  return bare(name === "policy" ? 204 : 200);
}

export function deleteConfiguration(call: Call, name: Configuration): Answer {
  const row = bucketOf(call);
  const { [name]: _, ...configurations } = row.configurations;
  put(call, row, { configurations, ...(name === "tagging" && { tags: [] }) });
  return bare(204);
}

export function getVersioning(call: Call): Answer {
  return xmlAnswer({ VersioningConfiguration: { Status: bucketOf(call).versioning } }, TYPE);
}

export function putVersioning(call: Call): Answer {
  const row = bucketOf(call);
  const [status] = textsOf(call.text, "Status");
  if (status !== "Enabled" && status !== "Suspended") throw new StorageError("MalformedXML");
  put(call, row, { versioning: status });
  return bare(200);
}

export function getAcl(call: Call): Answer {
  const { acl, projectId } = bucketOf(call);
  return aclAnswer(acl, projectId);
}

export function putAcl(call: Call): Answer {
  put(call, bucketOf(call), { acl: givenAcl(call) });
  return bare(200);
}

function put(call: Call, row: BucketRow, change: Partial<BucketRow>): void {
  buckets(call.world).put({ ...row, ...change }, call.now);
}

/** As leftovers show them: `key=value`. */
function tagsOf(text: string): string[] {
  const values = textsOf(text, "Value");
  return textsOf(text, "Key").map((key, i) => `${key}=${values[i] ?? ""}`);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
