import type { Option } from "./command.ts";

/** Options that every command takes; they may stand before it. */
export const globalOptions: Readonly<Record<string, Option>> = {
  json: { help: "one JSON document on standard output, for programs" },
  home: { value: "DIR", help: "where instances are kept (default: MAYFLY_HOME, else ~/.local/state/mayfly)" },
  help: { short: "h", help: "how to use a command" },
  version: { help: "the version" },
};
