import type { Answer } from "./answer.ts";
import type { Interaction } from "./cassette.ts";
import type { IdPairs } from "./id-pairs.ts";

const TOKEN = "11111111-1111-1111-1111-111111111111";

/** Sends a recorded request, with the judged cloud's ids in it; undefined: the connection broke. */
export async function send(
  { method, path, query, request, seq, storage }: Interaction,
  url: string,
  ids: IdPairs,
): Promise<Answer | undefined> {
  const target = new URL(url.replace(/\/$/, "") + path.split("/").map(ids.text).join("/"));
  for (const [key, values] of Object.entries(query))
    for (const value of values) target.searchParams.append(key, ids.text(value));
  const json = request.body !== undefined;
  const body = json ? JSON.stringify(ids.value(request.body)) : request.text;
  const type = request.contentType ?? (json ? "application/json" : "text/plain");
  let status: number, headers: Headers, text: string;
  try {
    const response = await fetch(target, {
      method,
      headers: {
        ...(storage ? signed(storage) : { "X-Auth-Token": TOKEN }),
        "User-Agent": "mayfly-replay",
        // Tells the log of the judged cloud which recorded request this is.
        "X-Replay-Seq": String(seq),
        ...(body !== undefined && { "Content-Type": type }),
      },
      ...(body !== undefined && { body }),
    });
    ({ status, headers } = response);
    text = await response.text();
  } catch {
    return undefined;
  }
  return { status, headers, text, body: parse(text) };
}

/** The recordings have no signatures, and nobody checks this one. */
function signed({ region, headers }: NonNullable<Interaction["storage"]>): Record<string, string> {
  const scope = `SCWXXXXXXXXXXXXXXXXX/20260817/${region}/s3/aws4_request`;
  return { ...headers, Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, Signature=0` };
}

/** Only what looks like an object or a list: a bare word or number in a text is no JSON answer. */
function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
