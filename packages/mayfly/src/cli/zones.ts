import type { Command } from "./command.ts";
import { table } from "./table.ts";
import { withAccount } from "./with-account.ts";

export const zones: Command = {
  summary: "Where machines can be had",
  usage: ["[--account NAME]"],
  takes: [0, 0],
  options: { account: { value: "NAME", help: "with whose credentials (default: the only ones)" } },
  details: "mayfly create --zone ZONE makes an instance there.",
  async run(context, given) {
    const query = { account: given.text("account") };
    const zones = await withAccount(context, given, (client) => client.zones(query));
    if (context.json) context.out(JSON.stringify({ zones }));
    else {
      const rows = zones.map(({ name, isDefault }) => [name, isDefault ? "default" : ""]);
      context.out(table(["ZONE", ""], rows, context.style));
    }
    return 0;
  },
};
