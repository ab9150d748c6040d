import { plainJson } from "../api/plain-json.ts";
import { printable } from "../api/printable.ts";

/** Something to write to, which may be a terminal. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** What a run of the command line stands on. */
export interface Io {
  env: NodeJS.ProcessEnv;
  stdout: Output;
  stderr: Output;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** What every command gets. */
export interface Context {
  env: NodeJS.ProcessEnv;
  /** Where the instances of this user are kept. */
  home: string;
  /** Output is for programs. */
  json: boolean;
  /** Somebody watches: standard error is a terminal, and output is for people. */
  live: boolean;
  /** The result: text and a line end. */
  out(text: string): void;
  /** What is not the result: text and a line end, on standard error. */
  note(text: string): void;
  /** In place of what stands in the line of standard error. */
  redraw(line: string): void;
  style(style: Style, text: string): string;
  /** Columns of the terminal on standard error. */
  width: number;
}

export function createContext(io: Io, options: { home: string; json: boolean }): Context {
  const { env, stdout, stderr } = io;
  const { styleText } = process.getBuiltinModule("node:util");
  const coloured = {
    out: !options.json && wantsColour(env, stdout.isTTY === true),
    note: !options.json && wantsColour(env, stderr.isTTY === true),
  };
  // Text is styled when one of the two may show it; the other one takes it off again.
  const styled = coloured.out || coloured.note;
  const shown = (text: string, inColour: boolean) =>
    options.json ? plainJson(text) : harmless(text, inColour);
  return {
    env,
    ...options,
    live: !options.json && stderr.isTTY === true && env["TERM"] !== "dumb",
    out: (text) => void stdout.write(`${shown(text, coloured.out)}\n`),
    note: (text) => void stderr.write(`${shown(text, coloured.note)}\n`),
    redraw: (line) => void stderr.write(`\r${ESCAPE}[2K${shown(line, coloured.note)}`),
    style: (style, text) => (styled ? styleText(style, text, { validateStream: false }) : text),
    width: stderr.columns ?? 80,
  };
}

const ESCAPE = "\u001B";
/** Line ends, and what `style` makes; all else that a terminal would obey is shown as a sign. */
const OURS = new RegExp(`(\\n|${ESCAPE}\\[(?:1|2|22|31|32|33|36|39)m)`);

/** The one way to a person's terminal, whoever wrote the text. */
const harmless = (text: string, inColour: boolean): string =>
  text
    .split(OURS)
    .map((part, at) => (at % 2 === 0 ? printable(part) : part === "\n" || inColour ? part : ""))
    .join("");

/** https://no-color.org */
function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}
