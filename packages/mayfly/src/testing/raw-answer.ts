import { request } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

export interface RawAnswer {
  status: number;
  /** Head and body, as they came. */
  text: string;
  body: string;
}

/** One request to a service's socket, sent as it is written here. */
export function rawAnswer(
  socketPath: string,
  method: string,
  path: string,
  body?: string,
  headers: OutgoingHttpHeaders = { "Content-Type": "application/json" },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, agent: false }, (answer) => {
      const { statusCode: status = 0, rawHeaders } = answer;
      text(answer).then(
        (body) => resolve({ status, body, text: `${rawHeaders.join(" ")}\n${body}` }),
        reject,
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
