import type { MachineRef, Marks } from "../provider.ts";
import type { Account } from "./account.ts";
import { markTags } from "./marks.ts";
import { attempt } from "./provider-error.ts";

/** A change of tags replaces them all: they are read, changed, and written. */
export function mark(
  account: Account,
  { id: serverId, zone }: MachineRef,
  marks: Marks,
  what: string,
): Promise<void> {
  return attempt(what, async () => {
    const { server } = await account.read.instance.getServer({ serverId, zone });
    await account.create.instance.updateServer({ serverId, zone, tags: markTags(marks, server?.tags ?? []) });
  });
}
