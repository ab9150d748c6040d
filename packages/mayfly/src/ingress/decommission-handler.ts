import { readSwimDecommission } from "../api/swim-decommission.ts";
import { swimTags } from "../api/swim-tags.ts";
import { isSwims } from "./is-swims.ts";
import type { SwimPorts } from "./swim-ports.ts";
import type { SwimQueue } from "./swim-queue.ts";

const PAGE = 500;

/** Asks for the end of all of a user's instances, or of one lab's. Rows of this installation only; again changes nothing. */
export function createDecommissionHandler(
  { store, commands, log }: SwimPorts,
  expectHeld: () => void,
): SwimQueue["handle"] {
  return async (payload) => {
    const whose = readSwimDecommission(payload);
    if (Array.isArray(whose)) return whose;
    const wanted = swimTags(whose);
    const ended: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
      // Whoever stood still meanwhile might read what was ordered after another had done this.
      expectHeld();
      for (const row of page.instances) {
        if (!isSwims(row) || row.desired === "gone") continue;
        if (!wanted.every((tag) => row.spec.tags.includes(tag))) continue;
        await commands.delete(row.id);
        ended.push(row.id);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    log.info(
      { user: whose.webUsername, lab: whose.webLabId, instances: ended },
      "a user's machines are to go",
    );
    return [];
  };
}
