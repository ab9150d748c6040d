import type { Command } from "./command.ts";
import type { Context } from "./context.ts";
import { expectRead } from "./expect-read.ts";
import { oneOf } from "./one-of.ts";
import { aborted, untilInterrupted } from "./until-interrupted.ts";
import { UserError } from "../api/user-error.ts";
import { wholeNumber } from "./whole-number.ts";

const LEVELS = ["debug", "info", "warn", "error"] as const;
const VERBS = ["status", "stop"];
const ROLES = ["api", "worker", "all"] as const;
const STOP_BOUND_MS = 10_000;

export const service: Command = {
  summary: "Run the service that ends instances on time; or ask for it, or stop it",
  usage: ["[--port N] [--database URL [--role all]] [--log-level info]", "status", "stop"],
  takes: [0, 1],
  options: {
    port: { value: "N", help: "listen on this port of the loopback interface too; 0 takes a free one" },
    database: {
      value: "URL",
      help: "keep the instances in this PostgreSQL, with services on other machines (default: MAYFLY_DATABASE)",
    },
    role: {
      value: "ROLE",
      help: "api answers requests only, worker works on instances only, all does both (default: all)",
    },
    "log-level": { value: "LEVEL", help: `${LEVELS.join(", ")} (default: info)` },
  },
  details: `Runs in the foreground until SIGTERM or Ctrl-C and logs to standard output. mayfly create starts one in the
background when none runs. Stopping it loses nothing: instances are kept, but nobody ends them meanwhile. Everybody on
this machine can reach a port: clients of it send the token that lies in the home.

With --database any number of services on any number of machines share the work, each with a home of its own and the
same accounts. A password in the address can be seen by others on the machine: put it into MAYFLY_DATABASE.`,
  async run(context, given) {
    const verb = given.positionals[0];
    if (verb === undefined) {
      const read = expectRead({
        port: wholeNumber(given, "port", [0, 65_535]),
        role: oneOf(given, "role", ROLES),
        logLevel: oneOf(given, "log-level", LEVELS),
      });
      if (read.role === "worker" && read.port !== undefined) {
        const message = "a worker answers no requests from there";
        throw new UserError("usage", { exitCode: 2, problems: [{ path: "--port", message }] });
      }
      return serve(context, { ...read, database: given.text("database") });
    }
    const idle = Object.keys(service.options).filter((name) => given.text(name) !== undefined);
    if (VERBS.includes(verb) && idle.length > 0) {
      const message = `means nothing to service ${verb}`;
      const problems = idle.map((name) => ({ path: `--${name}`, message, suggestion: "leave it out" }));
      throw new UserError("usage", { exitCode: 2, problems });
    }
    const { serviceStatus, stopService } = await import("./service-control.ts");
    if (verb === "status") return serviceStatus(context);
    if (verb === "stop") return stopService(context);
    const message = `"${verb}" is neither status nor stop`;
    throw new UserError("usage", { exitCode: 2, problems: [{ path: "service", message }] });
  },
};

async function serve(
  context: Context,
  options: {
    port: number | undefined;
    database: string | undefined;
    role: (typeof ROLES)[number] | undefined;
    logLevel: (typeof LEVELS)[number] | undefined;
  },
): Promise<number> {
  const { port, database, role, logLevel } = options;
  const { startService } = await import("../service.ts");
  const interrupted = untilInterrupted(STOP_BOUND_MS);
  const running = await startService({
    home: context.home,
    env: context.env,
    ...(port !== undefined && { port }),
    ...(database !== undefined && { database }),
    ...(role && { role }),
    ...(logLevel && { logLevel }),
  });
  const where = running.url === undefined ? running.socketPath : `${running.socketPath} and ${running.url}`;
  if (!context.json) context.note(`serving ${context.home} on ${where}; Ctrl-C stops it`);
  await Promise.race([aborted(interrupted), running.stopped]);
  await running.stop();
  return 0;
}
