import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { table } from "./table.ts";

export const images: Command = {
  summary: "The images that a machine can start from",
  usage: ["[--zone ZONE] [--account NAME]"],
  takes: [0, 0],
  options: {
    zone: { value: "ZONE", field: "zone", help: "where (default: the account's default zone)" },
    account: { value: "NAME", field: "account", help: "with whose credentials (default: the only ones)" },
  },
  details: `mayfly create --image ubuntu_noble
On Scaleway names that people say will do too: ubuntu-24.04, debian-12, fedora-43, rockylinux-9, almalinux-9.`,
  async run(context, given) {
    const query = { zone: given.text("zone"), account: given.text("account") };
    const images = await withService(context, (client) => client.images(query), { start: "always" });
    if (context.json) context.out(JSON.stringify({ images }));
    else
      context.out(
        table(
          ["IMAGE", "NAME"],
          images.map((image) => [image.label, image.name]),
          context.style,
        ),
      );
    return 0;
  },
};
