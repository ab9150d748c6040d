import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import alchemy, { Scope } from "alchemy";
import { FileSystemStateStore } from "alchemy/state";
import type { Fetch } from "@mayfly/scaleway";
import type { Connect } from "../../connect.ts";
import { createS3Storage } from "../s3-storage.ts";
import { anEmulatedCloud } from "../../testing/emulated-cloud.ts";
import type { EmulatedCloud } from "../../testing/emulated-cloud.ts";

/** A stage of an app on the real engine and an emulated cloud, whose state outlives its runs. */
export interface Stage {
  cloud: EmulatedCloud;
  /** Where the engine keeps its state. */
  folder: string;
  /** For `adapt`. */
  connect: Connect;
  /** One run of the program, to its end. */
  up<Result>(program: () => Promise<Result>, options?: RunOptions): Promise<Result>;
  /** Destroys all that the state names. */
  down(options?: RunOptions): Promise<void>;
  /** Calls of the last run. */
  calls: string[];
  /** What the calls of all runs sent, those that only read apart. */
  sent: Sent[];
  /** What is left in the cloud, as `kind name`. */
  left(): string[];
  close(): void;
}

export interface Sent {
  method: string;
  url: string;
  /** Of a JSON body, those that hold something. */
  keys: string[];
}

export interface RunOptions {
  /** The process dies when the cloud has done this many calls, before it hears of the last. @default never */
  diesAfter?: number;
  /** Stands between the run and the cloud. @default nothing */
  through?: (next: Fetch) => Fetch;
}

/** The run ended in the middle: nothing of its process is left. */
export class Died extends Error {}

export function aStage(name = "dev"): Stage {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-alchemy-"));
  const cloud = anEmulatedCloud();
  let connection: Connect | undefined;

  async function run<Result>(options: RunOptions, work: (scope: Scope) => Promise<Result>): Promise<Result> {
    const died = Promise.withResolvers<never>();
    const calls: string[] = [];
    stage.calls = calls;
    const through = options.through ?? ((next: Fetch) => next);
    const send = through((request) => cloud.send(request));
    connection = cloud.connectBy(async (request) => {
      const { method, url } = request;
      // What died asks no more.
      if (calls.length >= (options.diesAfter ?? Infinity)) return new Promise(() => {});
      calls.push(`${method} ${new URL(url).pathname}`);
      if (method !== "GET") stage.sent.push({ method, url, keys: await keysOf(request.clone()) });
      const answer = await send(request);
      if (calls.length < (options.diesAfter ?? Infinity)) return answer;
      died.reject(new Died());
      return new Promise(() => {});
    }, createS3Storage);
    const live = async () => {
      const root = await alchemy("app", {
        stage: name,
        phase: "up",
        quiet: true,
        noTrack: true,
        password: "of the tests",
        stateStore: (scope) => new FileSystemStateStore(scope, { rootDir: folder }),
      });
      const result = await work(Scope.current);
      await root.finalize();
      return result;
    };
    return Promise.race([Scope.storage.exit(live), died.promise]);
  }

  const stage: Stage = {
    cloud,
    folder,
    calls: [],
    sent: [],
    connect: (props) => connection!(props),
    up: (program, options = {}) => run(options, program),
    down: (options = {}) => run(options, (scope) => alchemy.destroy(scope)),
    left() {
      const { machines, volumes, addresses, privateNics, others } = cloud.emulator.leftovers();
      const apart = { machine: machines, volume: volumes, address: addresses, privateNic: privateNics };
      return [
        ...Object.entries(apart).flatMap(([kind, all]) => all.map((each) => `${kind} ${each.name}`)),
        ...others.map((each) => `${each.kind} ${each.name}`),
      ];
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  return stage;
}

async function keysOf(request: Request): Promise<string[]> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) return [];
  const text = await request.text();
  return text === "" ? [] : Object.keys(JSON.parse(text) as object).sort();
}
