import { spawn } from "node:child_process";
import { join } from "node:path";
import { whatChildrenInherit } from "./what-children-inherit.ts";

/** A process of a script of this folder. */
export interface Child {
  pid: number;
  /** All that it has written so far. */
  out(): string;
  err(): string;
  /** Its first line on standard output; rejects when it ends without one. */
  firstLine: Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  signal(signal: NodeJS.Signals): void;
  /** A word to a script that listens for some; resolves to its answer. Only where `talks` was asked for. */
  ask(message: object): Promise<unknown>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  args?: readonly string[];
  /** All of it, but for what `whatChildrenInherit` says. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** The script answers what it is asked. @default false */
  talks?: boolean;
  /** A file descriptor that it writes to, in place of what `out` and `err` answer. */
  writesTo?: number;
}

/** Starts `node script`, which is to import `dies-with-its-parent.ts`. */
export function startChild(script: `run-${string}.ts`, options: ChildOptions = {}): Child {
  const { args = [], env, cwd, talks = false, writesTo = "pipe" } = options;
  const child = spawn(process.execPath, ["-C", "source", join(import.meta.dirname, script), ...args], {
    env: { ...whatChildrenInherit(), ...env },
    cwd,
    stdio: ["pipe", writesTo, writesTo, ...(talks ? (["ipc"] as const) : [])],
  });
  let [out, err] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin!.on("error", () => undefined);
  const ended: Child["ended"] = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    const read = () => {
      const end = out.indexOf("\n");
      if (end >= 0) resolve(out.slice(0, end));
    };
    child.stdout?.on("data", read);
    void ended.then(({ code }) => reject(new Error(`${script} ended with code ${code} and no word: ${err}`)));
  });
  firstLine.catch(() => undefined);
  const asked = new Map<number, (answer: unknown) => void>();
  child.on("message", ({ id, answer }: { id: number; answer: unknown }) => asked.get(id)?.(answer));
  return {
    pid: child.pid!,
    out: () => out,
    err: () => err,
    firstLine,
    ended,
    signal: (signal) => void child.kill(signal),
    ask: (message) =>
      new Promise((resolve, reject) => {
        const id = asked.size;
        asked.set(id, resolve);
        void ended.then(() => reject(new Error(`${script} ended before it answered: ${err}`)));
        child.send({ id, ...message }, (error) => error && reject(error));
      }),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
