import { CannotReplay } from "./cannot-replay.ts";
import type { Content, Interaction } from "./cassette.ts";

interface Line {
  seq: number;
  service: string;
  op?: string;
  method: string;
  path: string;
  tmpl?: string;
  query?: Record<string, string[]>;
  host?: string;
  lost?: boolean;
  request_headers?: Record<string, string>;
  request_body?: unknown;
  request_text?: string;
  status: number;
  response_headers?: Record<string, string>;
  response_body?: unknown;
  response_text?: string;
  response_ref?: unknown;
}

/** An interaction from its line; `bodies` are those that lines above it share. */
export function interactionOf(
  given: Record<string, unknown>,
  bodies: ReadonlyMap<unknown, unknown>,
  where: string,
): Interaction {
  const line = given as unknown as Line;
  for (const key of ["service", "method", "path"] as const)
    if (typeof line[key] !== "string") throw new CannotReplay(`${where}: an interaction without ${key}`);
  if (typeof line.status !== "number") throw new CannotReplay(`${where}: an interaction without status`);
  if (line.response_ref && !bodies.has(line.response_ref))
    throw new CannotReplay(
      `${where}: refers to the body ${String(line.response_ref)}, which is not above it`,
    );
  const body = line.response_ref ? bodies.get(line.response_ref) : line.response_body;
  const headers = line.response_headers ?? {};
  const storage = storageOf(line);
  return {
    seq: line.seq,
    service: line.service,
    operation: line.op,
    method: line.method,
    path: storage ? `/${storage.bucket}${line.path}` : line.path,
    template: line.tmpl ?? line.path,
    query: line.query ?? {},
    elsewhere: line.host !== undefined && !storage,
    ...(storage && { storage: { region: storage.region, headers: storage.headers } }),
    lost: line.lost === true,
    request: content(line.request_headers?.["content-type"], line.request_body, line.request_text),
    answer: {
      status: line.status,
      headers,
      ...content(headers["content-type"], body, line.response_text),
    },
  };
}

interface Storage {
  bucket: string;
  region: string;
  headers: Record<string, string>;
}

const STORAGE_HOST = /^(.+)\.s3\.([a-z-]+)\.scw\.cloud$/;

/** Of a request to object storage that names its bucket by host. */
function storageOf({ host, request_headers: given = {} }: Line): Storage | undefined {
  const [, bucket, region] = STORAGE_HOST.exec(host ?? "") ?? [];
  if (bucket === undefined || region === undefined) return undefined;
  const telling = Object.entries(given).filter(([name]) =>
    /^x-amz-(acl|trailer)$|^content-encoding$/i.test(name),
  );
  return { bucket, region, headers: Object.fromEntries(telling) };
}

function content(contentType: string | undefined, body: unknown, text: string | undefined): Content {
  return { contentType, ...(body !== undefined && { body }), ...(text !== undefined && { text }) };
}
