import type { EventView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";

export async function allEvents(client: Client): Promise<EventView[]> {
  const all: EventView[] = [];
  for (let after = 0; ;) {
    const page = await client.events({ after, limit: 500 });
    if (page.events.length === 0) return all;
    all.push(...page.events);
    after = page.after;
  }
}
