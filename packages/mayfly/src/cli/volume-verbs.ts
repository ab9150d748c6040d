import type { ChangeVolume } from "../api/change-volume.ts";
import type { ResourceView } from "../api/resource-view.ts";
import { UserError } from "../api/user-error.ts";
import type { Client } from "../client/client.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Option } from "./command.ts";
import type { Context } from "./context.ts";
import { describeResource } from "./describe-resource.ts";
import { readSize } from "./read-size.ts";
import type { KindOfResource } from "./resource-kind.ts";
import { withAccount } from "./with-account.ts";

/** What can be done with a volume that is there. Each shows the volume when the cloud has done it. */
export function volumeVerbs(kind: KindOfResource<"volume">): Readonly<Record<string, Command>> {
  async function change<V extends keyof ChangeVolume>(
    context: Context,
    given: Arguments,
    verb: V,
    wanted: ChangeVolume[V],
  ): Promise<number> {
    const [reference = ""] = given.positionals;
    const ask = (client: Client): Promise<ResourceView<"volume">> =>
      client.changeVolume(verb, reference, wanted);
    const volume = await withAccount(context, given, ask);
    context.out(context.json ? JSON.stringify(volume) : describeResource(context, kind, volume));
    return 0;
  }

  return {
    resize: {
      summary: "Make a volume larger",
      usage: [`NAME|ID SIZE ${WHERE}`],
      takes: [2, 2],
      options: where,
      details: `mayfly volume resize data 50GB
Also while a machine has it; the file system on it grows by its own command in the guest. Never smaller.`,
      async run(context, given) {
        const sizeGb = readSize(given.positionals[1] ?? "");
        if (typeof sizeGb !== "number") throw new UserError("usage", { exitCode: 2, problems: [sizeGb] });
        return change(context, given, "resize", { sizeGb, ...whereOf(given) });
      },
    },
    attach: {
      summary: "Attach a volume to an instance's machine",
      usage: ["NAME|ID INSTANCE"],
      takes: [2, 2],
      options: {},
      details: `mayfly volume attach data lab-1
It stays yours: when the instance ends, the volume comes off its machine and stays.`,
      run: (context, given) => change(context, given, "attach", { instance: given.positionals[1] ?? "" }),
    },
    detach: {
      summary: "Take a volume off its machine",
      usage: [`NAME|ID ${WHERE}`],
      takes: [1, 1],
      options: where,
      details: `mayfly volume detach data
Unmount it in the guest first. A volume that belongs to an instance goes with it and is not detached.`,
      run: (context, given) => change(context, given, "detach", whereOf(given)),
    },
  };
}

const WHERE = "[--zone ZONE] [--account NAME]";

const where: Readonly<Record<string, Option>> = {
  zone: { value: "ZONE", field: "zone", help: "where (default: the account's default zone)" },
  account: { value: "NAME", field: "account", help: "with whose credentials (default: the only ones)" },
};

const whereOf = (given: Arguments) => ({ zone: given.text("zone"), account: given.text("account") });
