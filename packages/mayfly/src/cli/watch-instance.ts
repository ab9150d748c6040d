import type { EventView, InstanceView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";

export interface WatchOptions {
  /** Told of every change; watching ends when it answers true. */
  seen(instance: InstanceView, event?: EventView): boolean;
  signal?: AbortSignal;
}

/** Follows one instance by its events, without polling; answers it as last seen, `seen` or aborted. */
export async function watchInstance(
  client: Client,
  reference: string,
  options: WatchOptions,
): Promise<InstanceView> {
  const { seen, signal } = options;
  // The events first: what happens after this is streamed, so that nothing is missed in between.
  const after = await lastSeq(client, reference);
  let instance = await client.get(reference);
  if (seen(instance)) return instance;
  for await (const event of client.follow({ after, instance: instance.id, ...(signal && { signal }) })) {
    instance = await client.get(instance.id);
    if (seen(instance, event)) break;
  }
  return instance;
}

async function lastSeq(client: Client, reference: string): Promise<number> {
  for (let after = 0; ;) {
    const page = await client.events({ after, instance: reference, limit: 500 });
    after = page.after;
    if (page.events.length < 500) return after;
  }
}
