import type { Command, Option } from "./command.ts";
import { globalOptions } from "./global-options.ts";

/** All about one command: text, or a JSON document for programs. */
export function commandHelp(name: string, command: Command, { json }: { json: boolean }): string {
  const usage = command.usage.map((usage) => `mayfly ${name} ${usage}`.trimEnd());
  if (json)
    return JSON.stringify({ name, ...command, usage, options: { ...command.options, ...globalOptions } });
  const parts = [command.summary, "", "Usage", ...usage.map((line) => `  ${line}`)];
  if (Object.keys(command.options).length > 0) parts.push("", "Options", ...optionLines(command.options));
  parts.push("", "Options of every command", ...optionLines(globalOptions));
  if (command.details !== undefined) parts.push("", command.details);
  return parts.join("\n");
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const rows = Object.entries(options).map(([name, { short, value, help }]) => {
    const left = `  ${short ? `-${short}, ` : "    "}--${name}${value ? ` ${value}` : ""}`;
    return { left, help };
  });
  const width = Math.max(...rows.map(({ left }) => left.length));
  return rows.map(({ left, help }) => `${left.padEnd(width)}  ${help}`);
}
