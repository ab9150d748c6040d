import { sleep } from "../../clock.ts";
import { CannotReplay } from "./cannot-replay.ts";
import type { Judged } from "./judged.ts";

const POLL_EVERY_SECONDS = 5;
const POLL_EVERY_MS = 50;

export interface Elsewhere {
  readonly url: string;
  /** POSTed before each cassette. @default it is not reset */
  readonly resetPath?: string | undefined;
  /** POSTed `{"seconds":n}` before a read is repeated. @default a short real pause */
  readonly advancePath?: string | undefined;
}

/** A cloud that runs already. */
export function judgedElsewhere({ url, resetPath, advancePath }: Elsewhere): Judged {
  async function control(path: string, body?: string): Promise<void> {
    const target = url.replace(/\/$/, "") + path;
    const response = await fetch(target, {
      method: "POST",
      ...(body !== undefined && { body, headers: { "Content-Type": "application/json" } }),
    }).catch((error: unknown) => {
      throw new CannotReplay(`POST ${target}: ${String((error as Error).cause ?? error)}`, { cause: error });
    });
    await response.text();
    if (!response.ok) throw new CannotReplay(`POST ${target}: it answered ${response.status}`);
  }
  return {
    url,
    async reset() {
      if (resetPath !== undefined) await control(resetPath);
    },
    async pass() {
      if (advancePath === undefined) await sleep(POLL_EVERY_MS);
      else await control(advancePath, JSON.stringify({ seconds: POLL_EVERY_SECONDS }));
    },
    async close() {},
  };
}
