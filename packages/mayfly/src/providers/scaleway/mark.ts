import type { MachineRef, Marks } from "../provider.ts";
import type { Account } from "./account.ts";
import { markTags, readMarks } from "./marks.ts";
import { attempt } from "./provider-error.ts";

/**
 * A change of tags replaces them all: they are read, changed, and written. A machine that lost our mark is not marked
 * again: whoever took it off took it over.
 */
export function mark(
  account: Account,
  { id: serverId, zone }: MachineRef,
  marks: Marks,
  what: string,
): Promise<void> {
  return attempt(what, async () => {
    const { server } = await account.read.instance.getServer({ serverId, zone });
    const tags = server?.tags ?? [];
    if (readMarks(tags).owner !== marks.owner) return;
    await account.create.instance.updateServer({ serverId, zone, tags: markTags(marks, tags) });
  });
}
