import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";

/** One command: what it takes, and what it does. */
export interface Command {
  summary: string;
  /** What follows the command's name: `REF DURATION`; one line for each way to call it. */
  usage: readonly string[];
  /** How many arguments it takes. */
  takes: readonly [least: number, most: number];
  options: Readonly<Record<string, Option>>;
  /** More for `mayfly help COMMAND`. */
  details?: string;
  /** Commands of its own, by the word that follows its name: `network create`. */
  verbs?: Readonly<Record<string, Command>>;
  /** The exit code. */
  run(context: Context, given: Arguments): Promise<number>;
}

export interface Option {
  help: string;
  /** What stands for the value; without it the option is a switch. */
  value?: string;
  short?: string;
  /** May be given several times. */
  multiple?: boolean;
  /** The field of the API's request that it fills. */
  field?: string;
}
