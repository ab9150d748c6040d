import assert from "node:assert/strict";
import { createClient } from "../client/client.ts";
import type { Client } from "../client/client.ts";
import { socketPath } from "../client/socket-path.ts";
import { systemClock } from "../clock.ts";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";
import { eventually } from "./eventually.ts";
import type { Figures, Troubles } from "./troubles.ts";

/** `mayfly service` in a process of its own. */
export interface ServiceProcess extends Child {
  client: Client;
  /** Resolves when this very process answers; rejects when it ends before. */
  answers(): Promise<void>;
  /** Where `troubles` were given: others from now on. */
  trouble(troubles: Troubles): Promise<void>;
  /** Where `troubles` were given: how the process is. */
  figures(): Promise<Figures>;
}

export interface ServiceProcessOptions {
  home: string;
  /** Where the cloud is, and the keys to it. */
  env: Record<string, string>;
  /** @default "info" */
  logLevel?: "debug" | "info";
  /** How it is started, where that is not `service`. */
  words?: readonly string[];
  /** Troubles that it begins with; none is `{}`. @default it cannot be troubled */
  troubles?: Troubles;
  /** A file descriptor for what it says. @default `out` and `err` answer it */
  writesTo?: number | undefined;
}

const STARTS_WITHIN_MS = 30_000;

export async function startServiceProcess(
  started: (child: Child) => void,
  { home, env: account, logLevel = "info", troubles, writesTo, words }: ServiceProcessOptions,
): Promise<ServiceProcess> {
  const env = { ...account, HOME: home, MAYFLY_HOME: home };
  const args = words ?? ["service", "--json", "--log-level", logLevel];
  const options = { env, cwd: home, ...(writesTo !== undefined && { writesTo }) };
  const child = troubles
    ? startChild("run-troubled-mayfly.ts", {
        ...options,
        args: [JSON.stringify(troubles), ...args],
        talks: true,
      })
    : startChild("run-mayfly.ts", { ...options, args });
  started(child);
  let over = false;
  void child.ended.then(() => (over = true));
  const client = createClient({ socketPath: await socketPath(home, env), sleep: systemClock.sleep });
  return {
    ...child,
    client,
    trouble: async (set) => void (await child.ask({ set })),
    figures: async () => (await child.ask({})) as Figures,
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
