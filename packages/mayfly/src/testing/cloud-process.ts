import type { CallCount, EmulatorOptions, Fault, Leftovers, Past } from "@mayfly/emulator";
import { DEFAULT_PROJECT_ID } from "@mayfly/emulator";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";

/** An emulated cloud in a process of its own, seen from outside. */
export interface CloudProcess {
  child: Child;
  /** What a client's environment needs. */
  env: Record<string, string>;
  leftovers(): Promise<Leftovers>;
  history(): Promise<Past[]>;
  calls(): Promise<CallCount>;
  fault(fault: Fault): Promise<void>;
  /** Lists show the state of so long ago. */
  lag(ms: number): Promise<void>;
  /** Ends the lag too. */
  clearFaults(): Promise<void>;
  /** A call of somebody else's, by the cloud's own API. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** As `call`; the answer's text. */
  read(path: string): Promise<string>;
}

export async function startCloudProcess(
  started: (child: Child) => void,
  options: Pick<EmulatorOptions, "seed" | "timeScale" | "secretKey">,
): Promise<CloudProcess> {
  const child = startChild("run-emulator.ts", { args: [JSON.stringify(options)] });
  started(child);
  const url = await child.firstLine;
  const secretKey = options.secretKey ?? "11111111-2222-4333-8444-555555555555";

  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { "X-Auth-Token": secretKey, "Content-Type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  const call = async <T>(method: string, path: string, body?: unknown) =>
    (await (await send(method, path, body)).json()) as T;

  return {
    child,
    env: {
      SCW_API_URL: url,
      SCW_ACCESS_KEY: "SCWPROCESSTEST000000",
      SCW_SECRET_KEY: secretKey,
      SCW_DEFAULT_PROJECT_ID: DEFAULT_PROJECT_ID,
      SCW_DEFAULT_ZONE: "fr-par-1",
    },
    leftovers: () => call("GET", "/_emulator/leftovers"),
    history: () => call("GET", "/_emulator/history"),
    calls: () => call("GET", "/_emulator/calls"),
    fault: async (fault) => void (await send("POST", "/_emulator/faults", fault)),
    lag: async (listLagMs) => void (await send("POST", "/_emulator/faults", { listLagMs })),
    clearFaults: async () => void (await send("DELETE", "/_emulator/faults")),
    call,
    read: async (path) => (await send("GET", path)).text(),
  };
}
