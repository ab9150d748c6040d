import { UserError } from "../api/user-error.ts";
import type { Command } from "./command.ts";
import { expectSwimAccount } from "./swim-account.ts";

export const swim: Command = {
  summary: "Do what SWIM does: orders from a Redis queue, or one from the command line",
  usage: ["--redis HOST:PORT", "--interactive JSON"],
  takes: [0, 0],
  options: {
    redis: {
      value: "ADDRESS",
      help: "take orders from here until Ctrl-C: HOST:PORT, redis://… or rediss://…; the password by REDIS_PASSWORD",
    },
    interactive: { value: "JSON", help: "one order; prints its server's name, id and address" },
    "dry-run": { help: "ask the cloud whether it could be made and what it would cost, and make nothing" },
    verbose: { help: "log what happens, not only what goes wrong" },
    "cloud-init-dir": {
      value: "DIR",
      help: "cloud-init files are read from here and nowhere else (default: the working directory)",
    },
    "key-prefix": { value: "TEXT", help: "stands before every key in Redis (default: none)" },
    "most-provisioning": {
      value: "N",
      help: "how many may be in the making before orders wait in Redis (default: 50)",
    },
    account: { value: "NAME", help: "with whose credentials (default: the only ones)" },
  },
  details: `mayfly --redis … and mayfly --interactive … do the same, and so does the program swim. With --redis it is the
service of this home, and ends instances on time as mayfly service does. A dry run with --redis judges what waits in the
queue, takes nothing from it, and ends. What it expects and answers in Redis: docs/guide/swim.md`,
  async run(context, given) {
    const [redis, payload] = [given.text("redis"), given.text("interactive")];
    if ((redis === undefined) === (payload === undefined))
      throw new UserError("exactly one of --redis and --interactive is needed", {
        suggestion: "mayfly --redis localhost:6379, or mayfly --interactive '{\"ServerName\": …}'",
      });
    expectSwimAccount(context);
    const dry = given.flag("dry-run");
    if (dry) return (await import("./service-dry-run.ts")).dryRun(context, given);
    if (redis !== undefined) return (await import("./service-swim.ts")).serveSwim(context, given);
    return (await import("./swim-interactive.ts")).orderOne(context, given);
  },
};
