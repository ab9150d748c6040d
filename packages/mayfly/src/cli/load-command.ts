import type { Command } from "./command.ts";
import { commands } from "./commands.ts";

/** The command of this name: `create`, or `network create`. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  const [first = "", verb, ...more] = name.split(" ");
  const command = Object.hasOwn(commands, first) ? await commands[first]!() : undefined;
  if (verb === undefined || command === undefined) return command;
  const { verbs = {} } = command;
  return more.length === 0 && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
}
