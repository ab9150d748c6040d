import type { ProblemItem } from "../api/problem.ts";
import type { Command, Option } from "./command.ts";
import { globalOptions } from "./global-options.ts";
import { UserError } from "../api/user-error.ts";

// An ES import of node:util touches all of its exports, lazy ones too.
const { parseArgs } = process.getBuiltinModule("node:util");

/** What was given to a command, by the options that it knows. */
export interface Arguments {
  positionals: readonly string[];
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
}

/** Splits the command's name from the rest; global options, and those that are given here, may stand before it. */
export function splitCommand(
  argv: readonly string[],
  options: Readonly<Record<string, Option>> = {},
): { name: string | undefined; rest: string[] } {
  const known = Object.entries({ ...globalOptions, ...options });
  const valued = known
    .filter(([, { value }]) => value !== undefined)
    .flatMap(([name, { short }]) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]);
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith("-")) return { name: word, rest: [...argv.slice(0, i), ...argv.slice(i + 1)] };
    if (valued.includes(word)) i++;
  }
  return { name: undefined, rest: [...argv] };
}

/** Reads the arguments of a command; throws everything that is wrong with them, at once. */
export async function readArguments(
  name: string,
  command: Command,
  argv: readonly string[],
): Promise<Arguments> {
  const known: Readonly<Record<string, Option>> = { ...globalOptions, ...command.options };
  const options = Object.fromEntries(
    Object.entries(known).map(([key, { value, short, multiple = false }]) => [
      key,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        multiple,
        ...(short && { short }),
      },
    ]),
  );
  const parsed = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const { values, positionals } = parsed;

  const problems: ProblemItem[] = [];
  for (const token of parsed.tokens) {
    if (token.kind !== "option") continue;
    const option = known[token.name];
    const word = argv[token.index]!;
    if (isBelowNothing(word)) {
      if (!problems.some(({ path }) => path === word)) problems.push(belowNothing(word, word));
    } else if (option === undefined) problems.push(await unknownOption(token.rawName, known));
    else if (option.value !== undefined && isMissing(token)) problems.push(missingValue(token, option));
    else if (option.value === undefined && token.value !== undefined)
      problems.push({ path: token.rawName, message: "is a switch and takes no value" });
  }
  const [least, most] = command.takes;
  if (
    problems.length === 0 &&
    values["help"] !== true &&
    (positionals.length < least || positionals.length > most)
  )
    problems.push({
      path: name,
      message: positionals.length < least ? "an argument is missing" : "too many arguments",
    });
  if (positionals.some((word) => word === "" || word === "." || word === ".."))
    problems.push({ path: name, message: "an argument is empty", suggestion: "give an id or a name" });
  if (problems.length > 0) {
    const suggestion = `use it as: ${command.usage.map((usage) => `mayfly ${name} ${usage}`.trimEnd()).join(", or ")}`;
    throw new UserError("usage", { exitCode: 2, problems, suggestion });
  }
  const texts = (key: string) => [values[key] ?? []].flat().filter((value) => typeof value === "string");
  return { positionals, texts, text: (key) => texts(key).at(-1), flag: (key) => values[key] === true };
}

interface OptionToken {
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

/** `--name --json` has forgotten its value; `--name=--json` has one, and `-` stands for standard input. */
function isMissing({ value, inlineValue }: OptionToken): boolean {
  return value === undefined || (inlineValue !== true && value.startsWith("-") && value !== "-");
}

/** `-30m` and `-5`: no option begins with a digit. */
const isBelowNothing = (word: string): boolean => /^-\d/.test(word);

const belowNothing = (path: string, word: string): ProblemItem => ({
  path,
  message: `${path === word ? "it" : `"${word}"`} is less than nothing`,
  suggestion: "leave the - away",
});

function missingValue(
  { rawName, value = "" }: { rawName: string; value?: string | undefined },
  option: Option,
): ProblemItem {
  if (isBelowNothing(value)) return belowNothing(rawName, value);
  return { path: rawName, message: "needs a value", suggestion: `${rawName} ${option.value}` };
}

async function unknownOption(rawName: string, known: Readonly<Record<string, Option>>): Promise<ProblemItem> {
  const { nearest } = await import("../lifecycle/nearest.ts");
  const [meant] = nearest(rawName.replace(/^-+/, ""), Object.keys(known));
  const problem = { path: rawName, message: "is not an option of this command" };
  return meant === undefined ? problem : { ...problem, suggestion: `did you mean --${meant}?` };
}
