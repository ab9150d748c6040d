import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { showOrWait, waitOption } from "./wait-option.ts";

export const remove: Command = {
  summary: "Delete an instance with its disks and addresses, now",
  usage: ["REF [--wait]"],
  takes: [1, 1],
  options: waitOption,
  run: (context, given) =>
    withService(context, async (client) => {
      const instance = await client.delete(given.positionals[0]!);
      return showOrWait(context, given, { client, instance, goal: "deleted" });
    }),
};
