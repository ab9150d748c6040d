import type { Command } from "./command.ts";
import { commandHelp } from "./command-help.ts";
import { commands } from "./commands.ts";
import { loadCommand } from "./load-command.ts";
import { nearest } from "../lifecycle/nearest.ts";
import { UserError } from "../api/user-error.ts";

const EXIT_CODES = `Exit codes
  0  done
  1  failed: the machine could not be had, time ran out, the service failed or did not answer
  2  usage: the command line or the request is not valid; nothing was done
  3  not found: there is no such instance, network, firewall, volume or key
  4  refused: not possible as things are (it is being deleted or in use, the name is taken, the deadline moved, other
     credentials)`;

export const help: Command = {
  summary: "How to use mayfly, or one of its commands",
  usage: ["", "COMMAND", "exit-codes"],
  takes: [0, 2],
  options: {},
  async run(context, { positionals }) {
    const topic = positionals.join(" ");
    const command = await loadCommand(topic);
    if (topic === "") context.out(await overview());
    else if (topic === "exit-codes") context.out(EXIT_CODES);
    else if (command) context.out(commandHelp(topic, command));
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

async function overview(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(9)} ${(await load()).summary}`),
  );
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
