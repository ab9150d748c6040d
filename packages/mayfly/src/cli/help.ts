import type { Command } from "./command.ts";
import { commandHelp } from "./command-help.ts";
import { commands } from "./commands.ts";
import type { Context } from "./context.ts";
import { loadCommand } from "./load-command.ts";
import { nearest } from "../lifecycle/nearest.ts";
import { UserError } from "../api/user-error.ts";

const EXIT_CODES: Readonly<Record<number, string>> = {
  0: "done",
  1: "failed: the machine could not be had, time ran out, the service failed or did not answer",
  2: "usage: the command line or the request is not valid; nothing was done",
  3: "not found: there is no such instance, network, firewall, volume or key",
  4: `refused: not possible as things are (it is being deleted or in use, the name is taken, the deadline moved, other
     credentials)`,
};

export const help: Command = {
  summary: "How to use mayfly, or one of its commands",
  usage: ["", "COMMAND", "exit-codes"],
  takes: [0, 2],
  options: {},
  async run(context, { positionals }) {
    const topic = positionals.join(" ");
    const command = await loadCommand(topic);
    if (topic === "") context.out(await overview(context));
    else if (topic === "exit-codes") context.out(exitCodes(context));
    else if (command) context.out(commandHelp(topic, command, context));
    else {
      const [meant] = nearest(topic, [...Object.keys(commands), "exit-codes"]);
      throw new UserError(`there is no help on "${topic}"`, {
        exitCode: 2,
        suggestion: meant ? `did you mean mayfly help ${meant}?` : "mayfly help lists all commands",
      });
    }
    return 0;
  },
};

function exitCodes({ json }: Pick<Context, "json">): string {
  const codes = Object.entries(EXIT_CODES);
  if (!json) return ["Exit codes", ...codes.map(([code, what]) => `  ${code}  ${what}`)].join("\n");
  return JSON.stringify({
    exitCodes: Object.fromEntries(codes.map(([code, what]) => [code, what.replace(/\s+/g, " ")])),
  });
}

async function overview({ json }: Pick<Context, "json">): Promise<string> {
  const all = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => ({ name, summary: (await load()).summary })),
  );
  if (json) return JSON.stringify({ commands: all });
  const rows = all.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`);
  return [
    "mayfly: cloud machines with a lifetime, that end on time",
    "",
    "  mayfly create --name lab-1 --lifetime 2h --wait",
    "  mayfly extend lab-1 30m",
    "  mayfly list",
    "",
    "Commands",
    ...rows,
    "",
    "mayfly help COMMAND tells more; mayfly help exit-codes is for scripts. A REF is an id, a name or the cloud's machine id.",
  ].join("\n");
}
