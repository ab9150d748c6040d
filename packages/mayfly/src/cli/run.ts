import { readArguments, splitCommand } from "./arguments.ts";
import type { Command } from "./command.ts";
import { commands, hiddenCommands } from "./commands.ts";
import { createContext } from "./context.ts";
import type { Io } from "./context.ts";
import { homeOf } from "./home.ts";
import { asSwim } from "./as-swim.ts";

/** Runs one command line; never throws, answers the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const split = splitCommand(asSwim(argv));
  let name = split.name;
  try {
    await readDotEnv(io);
    const load = commandFor(name, split.rest);
    if (!load) return await unknownWord(name ?? "", "", commands);
    const chosen = await chooseVerb({ ...load, command: await load.command() });
    const { command, rest } = chosen;
    name = chosen.name;
    const given = await readArguments(name, command, rest);
    const context = createContext(io, { home: homeOf(io.env, given.text("home")), json: given.flag("json") });
    if (!given.flag("help")) return await command.run(context, given);
    const { commandHelp } = await import("./command-help.ts");
    context.out(commandHelp(name, command, context));
    return 0;
  } catch (error) {
    const { reportError } = await import("./report-error.ts");
    const context = createContext(io, { home: "", json: argv.includes("--json") });
    return reportError(context, error, name);
  }
}

function commandFor(name: string | undefined, rest: string[]) {
  if (name === undefined) {
    const wanted = rest.includes("--version") ? "version" : "help";
    return { name: wanted, command: commands[wanted]!, rest: rest.filter((word) => !isMeant(word)) };
  }
  const command = ownProperty(commands, name) ?? ownProperty(hiddenCommands, name);
  return command && { name, command, rest };
}

/** What chose between the two. */
const isMeant = (word: string): boolean => word === "--version" || word === "--help" || word === "-h";

interface Chosen {
  name: string;
  command: Command;
  rest: string[];
}

/** `network` with `create` behind it is a command of its own; alone it is one that says so. */
async function chooseVerb(group: Chosen): Promise<Chosen> {
  const { name, command, rest } = group;
  if (!command.verbs) return group;
  const ofVerbs = Object.values(command.verbs).map(({ options }) => options);
  const split = splitCommand(rest, Object.assign({}, ...ofVerbs));
  if (split.name === undefined) return group;
  const chosen = ownProperty(command.verbs, split.name);
  if (!chosen) return unknownWord(split.name, name, command.verbs);
  return { name: `${name} ${split.name}`, command: chosen, rest: split.rest };
}

async function unknownWord(
  word: string,
  group: string,
  known: Readonly<Record<string, unknown>>,
): Promise<never> {
  const [{ nearest }, { UserError }] = await Promise.all([
    import("../lifecycle/nearest.ts"),
    import("../api/user-error.ts"),
  ]);
  const [meant] = nearest(word, Object.keys(known));
  const line = (...words: string[]) => ["mayfly", ...words].filter(Boolean).join(" ");
  const all = `${line("help", group)} lists all`;
  throw new UserError(`"${word}" is not a command${group && ` of ${group}`}`, {
    exitCode: 2,
    suggestion: meant ? `did you mean ${line(group, meant)}? ${all}` : `${all} commands`,
  });
}

const ownProperty = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** `.env` of the working directory; what the environment holds already wins. */
async function readDotEnv(io: Io): Promise<void> {
  if (io.env !== process.env || !process.getBuiltinModule("node:fs").existsSync(".env")) return;
  const { takeDotEnv } = await import("./dot-env.ts");
  const context = createContext(io, { home: "", json: false });
  for (const note of takeDotEnv(process.cwd(), io.env)) context.note(`mayfly: ${note}`);
}
