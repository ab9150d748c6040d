import { UserError } from "../api/user-error.ts";
import type { Command } from "./command.ts";

/** Commands under one name: alone it tells which there are. */
export function commandGroup(
  name: string,
  group: { summary: string; verbs: Record<string, Command>; details?: string },
): Command {
  const { verbs } = group;
  return {
    ...group,
    usage: Object.entries(verbs).flatMap(([verb, { usage }]) => usage.map((line) => `${verb} ${line}`)),
    takes: [0, 0],
    options: {},
    async run() {
      const words = Object.keys(verbs).join(", ");
      throw new UserError(`mayfly ${name} does nothing by itself`, {
        exitCode: 2,
        suggestion: `one of ${words} follows; mayfly help ${name} tells more`,
      });
    },
  };
}
