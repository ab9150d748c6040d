import { readArguments, splitCommand } from "./arguments.ts";
import { commands, hiddenCommands } from "./commands.ts";
import { createContext } from "./context.ts";
import type { Io } from "./context.ts";
import { homeOf } from "./home.ts";

/** Runs one command line; never throws, answers the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { name, rest } = splitCommand(argv);
  try {
    await readDotEnv(io);
    const load = commandFor(name, rest);
    if (!load) return await unknownCommand(name ?? "");
    const command = await load.command();
    const given = await readArguments(load.name, command, load.rest);
    const context = createContext(io, { home: homeOf(io.env, given.text("home")), json: given.flag("json") });
    if (!given.flag("help")) return await command.run(context, given);
    const { commandHelp } = await import("./command-help.ts");
    context.out(commandHelp(load.name, command));
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
    return { name: wanted, command: commands[wanted]!, rest: rest.filter((word) => word === "--json") };
  }
  const command = ownProperty(commands, name) ?? ownProperty(hiddenCommands, name);
  return command && { name, command, rest };
}

async function unknownCommand(name: string): Promise<never> {
  const [{ nearest }, { UserError }] = await Promise.all([
    import("../lifecycle/nearest.ts"),
    import("../api/user-error.ts"),
  ]);
  const [meant] = nearest(name, Object.keys(commands));
  throw new UserError(`"${name}" is not a command`, {
    exitCode: 2,
    suggestion: meant
      ? `did you mean mayfly ${meant}? mayfly help lists all`
      : "mayfly help lists all commands",
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
