import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { shellWord } from "../api/shell-word.ts";
import type { Client } from "../client/client.ts";
import type { Heard } from "../lifecycle/hear.ts";
import type { Command } from "./command.ts";
import { connect } from "./connect.ts";
import type { Context } from "./context.ts";
import { leftIn, listenAsBefore } from "./demo-cloud.ts";
import { showLife } from "./demo-show.ts";
import { readDuration } from "./duration-option.ts";
import { emulatedAccount } from "./emulated-account.ts";
import { aborted, untilInterrupted } from "./until-interrupted.ts";
import { UserError } from "../api/user-error.ts";

const STOP_BOUND_MS = 9_000;
const ONCE_BOUND_MS = 300_000;
/** Machines boot in 5 to 16 s at the real one. */
const TIME_SCALE = 4;
const CLOUD_INIT = `#cloud-config
write_files:
  - path: /etc/motd
    content: |
      This machine ends on time.
`;

export const demo: Command = {
  summary: "Mayfly on an emulated Scaleway, with an instance that lives for a minute",
  usage: ["[--once]"],
  takes: [0, 0],
  options: {
    once: { help: "end after that instance is gone, and say what is left" },
    lifetime: { value: "DURATION", help: "how long it lives (default: 1m)" },
  },
  async run(outer, given) {
    const lifetime = given.text("lifetime") ?? "1m";
    const lifetimeMs = readDuration("--lifetime", lifetime);
    if (typeof lifetimeMs !== "number") throw new UserError("usage", { exitCode: 2, problems: [lifetimeMs] });
    const { context, folder } = places(outer, given.text("home"));
    await refuseSecond(context);
    const once = given.flag("once");
    const interrupted = untilInterrupted(STOP_BOUND_MS);

    const { createEmulator, DEFAULT_PROJECT_ID } = await import("@mayfly/emulator");
    const { emulatorGuest } = await import("./emulator-guest.ts");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const cloud = createEmulator({
      stateFile: join(folder, "cloud.json"),
      timeScale: TIME_SCALE,
      guest: emulatorGuest,
    });
    const listening = await listenAsBefore(cloud, folder);
    const { startService } = await import("../service.ts");
    const service = await startService({
      home: context.home,
      env: { ...bareEnvironment(context.env), ...emulatedAccount(listening.url, DEFAULT_PROJECT_ID) },
      logDestination: join(context.home, "service.log"),
      probe: { ssh: async (addresses) => demoGreeting(addresses.some(cloud.console.isUp)) },
    }).catch(async (error: unknown) => {
      // An open port would keep this process alive with nothing to serve.
      await listening.close();
      throw error;
    });
    try {
      context.out(
        `An emulated Scaleway on ${listening.url}, and Mayfly's service on it (log: ${context.home}/service.log).\n`,
      );
      const signal = once ? AbortSignal.any([interrupted, AbortSignal.timeout(ONCE_BOUND_MS)]) : interrupted;
      const gone = await oneLife(context, await connect(context), { lifetime, signal });
      if (!once) {
        if (gone)
          context.out(
            `\nGone, with its disk and address: ${leftIn(cloud).text}. Still serving; Ctrl-C ends it.`,
          );
        await aborted(interrupted);
        context.note("stopping; npm start goes on with what is left");
        return 0;
      }
      const left = leftIn(cloud);
      context.out(left.text);
      if (interrupted.aborted) return 130;
      if (!gone)
        context.note(
          `it was not gone after ${ONCE_BOUND_MS / 60_000} minutes: see ${context.home}/service.log`,
        );
      return gone && left.nothing ? 0 : 1;
    } finally {
      await service.stop();
      await listening.close();
    }
  },
};

/** Everything lies in the clone, unless a home is named. */
function places(context: Context, given: string | undefined): { context: Context; folder: string } {
  if (given ?? context.env["MAYFLY_HOME"]) return { context, folder: context.home };
  const folder = resolve(import.meta.dirname, "../../../../.mayfly-demo");
  return { context: { ...context, home: join(folder, "home") }, folder };
}

async function refuseSecond(context: Context): Promise<void> {
  const running = await (await connect(context)).health().catch(() => undefined);
  if (running === undefined) return;
  throw new UserError(`the demo runs already (pid ${running.pid}), and one is enough`, {
    exitCode: 4,
    suggestion: `export MAYFLY_HOME=${shellWord(context.home)}, then npx mayfly list; Ctrl-C in its terminal ends it`,
  });
}

/** Creates an instance and shows it until it is gone; false when that was not waited for. */
async function oneLife(
  context: Context,
  client: Client,
  options: { lifetime: string; signal: AbortSignal },
): Promise<boolean> {
  const name = `demo-${new Date().toTimeString().slice(0, 8).replaceAll(":", "")}`;
  const input = { name, lifetime: options.lifetime, userData: CLOUD_INIT };
  const instance = await client.create(input, { idempotencyKey: crypto.randomUUID() });
  context.out(
    `$ mayfly create --name ${name} --lifetime ${options.lifetime} --user-data motd.yaml\n${instance.id}\n`,
  );
  context.out(`Try in another terminal, in this folder:\n\n${next(context, name)}\n`);
  const shown = { ...context, note: context.out };
  const last = await showLife(shown, client, { instance, signal: options.signal }).catch((error: unknown) => {
    if (options.signal.aborted) return instance;
    throw error;
  });
  return last.phase === "deleted";
}

function next(context: Context, name: string): string {
  // Who has real credentials in the shell is refused by a service that holds others.
  const unset = context.env["SCW_ACCESS_KEY"] ? ["unset SCW_ACCESS_KEY SCW_SECRET_KEY"] : [];
  return [
    ...unset,
    `export MAYFLY_HOME=${shellWord(context.home)}`,
    "npx mayfly list",
    `npx mayfly extend ${name} 30s`,
    "npx mayfly create --lifetime 3m --ready cloud-init --wait",
    "npx mayfly events --follow",
  ]
    .map((line) => `  ${line}`)
    .join("\n");
}

/** No machine is there: when its system would be up, its SSH server would greet. */
const demoGreeting = (isUp: boolean): Heard =>
  isUp ? { kind: "ready" } : { kind: "not-yet", why: "the emulated system is not up yet" };

/** No credentials of the user's, nor anything that points to some. */
function bareEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ["PATH", "TMPDIR", "XDG_RUNTIME_DIR", "TZ", "LANG"];
  return Object.fromEntries(kept.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}
