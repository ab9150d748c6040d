import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { table } from "./table.ts";

export const types: Command = {
  summary: "The types of machine that can be had, with their price",
  usage: ["[--zone ZONE] [--account NAME]"],
  takes: [0, 0],
  options: {
    zone: { value: "ZONE", field: "zone", help: "where (default: the account's default zone)" },
    account: { value: "NAME", field: "account", help: "with whose credentials (default: the only ones)" },
  },
  async run(context, given) {
    const query = { zone: given.text("zone"), account: given.text("account") };
    const types = await withService(context, (client) => client.types(query), { start: "always" });
    if (context.json) context.out(JSON.stringify({ types }));
    else {
      const rows = types.map((type) => [
        type.name,
        String(type.vcpus),
        `${type.memoryGib} GiB`,
        type.arch,
        type.priceMicrosPerHour === undefined ? "" : (type.priceMicrosPerHour / 1e6).toFixed(4),
        type.available ? "yes" : { text: "no", style: "yellow" as const },
      ]);
      const price = `${types[0]?.currency ?? "EUR"}/H`;
      context.out(table(["TYPE", "CPUS", "MEMORY", "ARCH", price, "AVAILABLE"], rows, context.style));
      const listed = types.find(({ pricesOf }) => pricesOf !== undefined)?.pricesOf;
      if (listed !== undefined)
        context.note(`prices are those of a list of ${listed}; where there is none, none is known`);
    }
    return 0;
  },
};
