import { connect } from "node:net";
import type { NetConnectOpts } from "node:net";

/** Bytes to a server, as they are written here, and all that it says until it hangs up. */
export function rawHttp(where: NetConnectOpts, ...bytes: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(where);
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    // Who hangs up in the middle has said what there was to say.
    socket.on("error", () => undefined).on("close", () => resolve(text));
    for (const part of bytes) socket.write(part);
  });
}
