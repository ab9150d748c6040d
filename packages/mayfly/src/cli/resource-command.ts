import type { ResourceKind } from "../api/resource-kind.ts";
import type { Arguments } from "./arguments.ts";
import { commandGroup } from "./command-group.ts";
import type { Command, Option } from "./command.ts";
import { createResource } from "./create-resource.ts";
import { deleteResources } from "./delete-resources.ts";
import { describeResource } from "./describe-resource.ts";
import { madeBy } from "./made-by.ts";
import type { KindOfResource } from "./resource-kind.ts";
import { table } from "./table.ts";
import { withAccount } from "./with-account.ts";

const MOST_NAMES = 100;

/** `mayfly network …`: the same verbs for every kind. @param own those that only this kind has */
export function resourceCommand<K extends ResourceKind>(
  of: KindOfResource<K>,
  own: Readonly<Record<string, Command>> = {},
): Command {
  const { kind, columns, create } = of;
  const where = whereOptions(kind);
  const whereUsage = Object.entries(where)
    .map(([name, { value }]) => `[--${name} ${value}]`)
    .join(" ");

  const list: Command = {
    summary: `The ${kind}s of the project`,
    usage: [whereUsage],
    takes: [0, 0],
    options: where,
    async run(context, given) {
      const things = await withAccount(context, given, (client) =>
        client.listResources(kind, whereOf(given)),
      );
      if (context.json) context.out(JSON.stringify({ [`${kind}s`]: things }));
      else if (things.length === 0) context.note(`no ${kind}s`);
      else {
        const rows = things.map((thing) => [
          thing.name,
          ...Object.values(columns).map((cell) => cell(thing)),
          thing.place,
          madeBy(thing) ?? "-",
          thing.id,
        ]);
        context.out(table(["NAME", ...Object.keys(columns), "PLACE", "MADE BY", "ID"], rows, context.style));
      }
      return 0;
    },
  };

  const show: Command = {
    summary: `All about one ${kind}`,
    usage: [`NAME|ID ${whereUsage}`],
    takes: [1, 1],
    options: where,
    details: `mayfly ${kind} show my-${kind}`,
    async run(context, given) {
      const [reference = ""] = given.positionals;
      const thing = await withAccount(context, given, (client) =>
        client.findResource(kind, reference, whereOf(given)),
      );
      context.out(context.json ? JSON.stringify(thing) : describeResource(context, of, thing));
      return 0;
    },
  };

  return commandGroup(kind, {
    summary: of.summary,
    details: create.details,
    verbs: {
      list,
      create: {
        summary: create.summary,
        usage: [`NAME ${create.usage} ${whereUsage}`],
        takes: [create.takes, create.takes],
        options: { ...create.options, ...where },
        details: create.details,
        run: (context, given) => createResource(context, given, of),
      },
      show,
      ...own,
      delete: {
        summary: `Delete ${kind}s, now`,
        usage: [`NAME|ID… [--force] ${whereUsage}`],
        takes: [1, MOST_NAMES],
        options: { force: { help: "also while an instance or a machine uses it" }, ...where },
        details: `mayfly ${kind} delete my-${kind} another-${kind}
Instances and machines that use it make it a refusal; --force takes it away from them.`,
        run: (context, given) => deleteResources(context, given, { kind, where: whereOf(given) }),
      },
    },
  });
}

/** A key is everywhere. */
function whereOptions(kind: ResourceKind): Readonly<Record<string, Option>> {
  const account = {
    value: "NAME",
    field: "account",
    help: "with whose credentials (default: the only ones)",
  };
  const zone = { value: "ZONE", field: "zone", help: "where (default: the account's default zone)" };
  return kind === "key" ? { account } : { zone, account };
}

const whereOf = (given: Arguments) => ({ zone: given.text("zone"), account: given.text("account") });
