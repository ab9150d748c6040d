import assert from "node:assert/strict";
import { createClient } from "../client/client.ts";
import type { Client } from "../client/client.ts";
import { socketPath } from "../client/socket-path.ts";
import { systemClock } from "../clock.ts";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";
import { eventually } from "./eventually.ts";

/** `mayfly service` in a process of its own. */
export interface ServiceProcess extends Child {
  client: Client;
  /** Resolves when this very process answers; rejects when it ends before. */
  answers(): Promise<void>;
}

export interface ServiceProcessOptions {
  home: string;
  /** Where the cloud is, and the keys to it. */
  env: Record<string, string>;
  /** @default "info" */
  logLevel?: "debug" | "info";
}

const STARTS_WITHIN_MS = 30_000;

export async function startServiceProcess(
  started: (child: Child) => void,
  { home, env: account, logLevel = "info" }: ServiceProcessOptions,
): Promise<ServiceProcess> {
  const env = { ...account, HOME: home, MAYFLY_HOME: home };
  const child = startChild("run-mayfly.ts", {
    args: ["service", "--json", "--log-level", logLevel],
    env,
    cwd: home,
  });
  started(child);
  let over = false;
  void child.ended.then(() => (over = true));
  const client = createClient({ socketPath: await socketPath(home, env), sleep: systemClock.sleep });
  return {
    ...child,
    client,
    answers: () =>
      eventually(
        async () => {
          if (over) throw new Error(`the service ended: ${child.out()}${child.err()}`);
          const { pid } = await client.health().catch(() => ({ pid: 0 }));
          assert.equal(pid, child.pid, `nobody answers: ${child.out()}${child.err()}`);
        },
        { boundMs: STARTS_WITHIN_MS, everyMs: 20 },
      ),
  };
}
