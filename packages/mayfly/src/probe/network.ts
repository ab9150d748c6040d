import { connect } from "node:net";
import type { Clock } from "../clock.ts";
import type { Heard } from "../lifecycle/hear.ts";
import type { Probe } from "./probe.ts";

export interface NetworkProbeOptions {
  clock: Clock;
  /** @default 22 */
  port?: number;
  /** From the first packet to the greeting. @default 3_000 */
  timeoutMs?: number;
}

/** A server may say other lines before its greeting, https://www.rfc-editor.org/rfc/rfc4253#section-4.2; more than this is none. */
const MOST_BYTES = 4_096;
const GREETING = /(?:^|\n)SSH-/;

/** Over TCP from this machine. */
export function createNetworkProbe({ clock, port = 22, timeoutMs = 3_000 }: NetworkProbeOptions): Probe {
  /** Undefined: it greets. Else why not. */
  function greets(address: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const over = new AbortController();
      const socket = connect({ host: address, port });
      let said = "";
      const end = (why?: string) => {
        socket.destroy();
        over.abort();
        resolve(why);
      };
      socket.setEncoding("latin1");
      socket.on("data", (text: string) => {
        said += text.slice(0, MOST_BYTES - said.length);
        if (GREETING.test(said)) end();
        else if (said.length >= MOST_BYTES) end("what answers is not SSH");
      });
      socket.on("end", () => end("what answers is not SSH"));
      socket.on("error", (error: NodeJS.ErrnoException) => end(wordsFor(error)));
      clock.sleep(timeoutMs, over.signal).then(
        () => end("no answer"),
        // The sleep was cut short because the answer is in.
        () => undefined,
      );
    });
  }

  return {
    async ssh(addresses): Promise<Heard> {
      if (addresses.length === 0) return { kind: "not-yet", why: "it has no address yet" };
      const answers = await Promise.all(
        addresses.map(async (address) => ({ address, why: await greets(address) })),
      );
      if (answers.some(({ why }) => why === undefined)) return { kind: "ready" };
      const why = answers.map((answer) => `${answer.address} port ${port}: ${answer.why}`).join("; ");
      return { kind: "not-yet", why };
    },
  };
}

function wordsFor({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ECONNREFUSED":
      return "refused";
    case "ECONNRESET":
      return "cut off";
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return "no way there from this machine";
    case "ETIMEDOUT":
      return "no answer";
    default:
      return message;
  }
}
