import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** What clients of the real API sent for one operation. */
export interface RecordedOperation {
  /** `POST /vpc/v2/regions/{region}/vpcs` */
  name: string;
  matches: RegExp;
  /** Of each body that was kept, its keys; of a call without one, none. */
  bodies: string[][];
}

interface Line {
  method?: string;
  tmpl?: string;
  host?: string;
  lost?: boolean;
  request_body?: unknown;
}

/** $MAYFLY_VECTORS, or shared/vectors beside the clone; undefined: neither is there. */
export function recordingsFolder(): string | undefined {
  const beside = join(import.meta.dirname, "../../../../../shared/vectors");
  const folder = process.env["MAYFLY_VECTORS"] ?? beside;
  return existsSync(join(folder, "instance.jsonl.gz")) ? folder : undefined;
}

/** Every operation that changes something; longer templates first. */
export function recordedRequests(folder: string): RecordedOperation[] {
  const operations = new Map<string, RecordedOperation>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".jsonl.gz")))
    for (const text of gunzipSync(readFileSync(join(folder, file)))
      .toString()
      .split("\n"))
      if (text.includes('"tmpl"')) add(operations, JSON.parse(text) as Line);
  const literal = ({ name }: RecordedOperation) => name.replace(/\{\w+\}/g, "").length;
  return [...operations.values()].sort((a, b) => literal(b) - literal(a));
}

function add(operations: Map<string, RecordedOperation>, line: Line): void {
  const { method = "", tmpl = "", host, lost, request_body: body } = line;
  if (method === "GET" || host !== undefined) return;
  const name = `${method} ${tmpl}`;
  const pattern = name.replace(/[.+]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+");
  const operation = operations.get(name) ?? { name, matches: new RegExp(`^${pattern}$`), bodies: [] };
  operations.set(name, operation);
  if (lost === true) return;
  operation.bodies.push(typeof body === "object" && body !== null ? Object.keys(body) : []);
}
