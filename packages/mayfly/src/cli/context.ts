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
  /** On standard error as it is. */
  raw(text: string): void;
  style(style: Style, text: string): string;
  /** Columns of the terminal on standard error. */
  width: number;
}

export function createContext(io: Io, options: { home: string; json: boolean }): Context {
  const { env, stdout, stderr } = io;
  const { styleText, stripVTControlCharacters } = process.getBuiltinModule("node:util");
  const coloured = {
    out: !options.json && wantsColour(env, stdout.isTTY === true),
    note: !options.json && wantsColour(env, stderr.isTTY === true),
  };
  // Text is styled when one of the two may show it; the other one takes it off again.
  const styled = coloured.out || coloured.note;
  return {
    env,
    ...options,
    live: !options.json && stderr.isTTY === true && env["TERM"] !== "dumb",
    out: (text) => void stdout.write(`${coloured.out || !styled ? text : stripVTControlCharacters(text)}\n`),
    note: (text) =>
      void stderr.write(`${coloured.note || !styled ? text : stripVTControlCharacters(text)}\n`),
    raw: (text) => void stderr.write(text),
    style: (style, text) => (styled ? styleText(style, text, { validateStream: false }) : text),
    width: stderr.columns ?? 80,
  };
}

/** https://no-color.org */
function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}
