import { escapeLiteral } from "pg";
import type { EventWaiters } from "../event-waiters.ts";
import { createEventWaiters } from "../event-waiters.ts";
import { createWatchers } from "../watchers.ts";

/** What a transaction did that somebody, in this process or another, may wait for. */
export type Told = { what: "events" } | { what: "watched"; account: string };

/** Tells all processes at a commit what it brought, and wakes those of this one who wait for that. */
export interface News {
  channel: string;
  /** The statement that tells it, inside the transaction: nothing is told if that fails. */
  tell(told: Told): string;
  /** What this process has committed: it does not wait for its own words to come back. */
  hear(told: Told): void;
  /** What came on the channel. */
  receive(payload: string | undefined): void;
  /** Something may have been told while nobody listened. */
  missed(): void;
  events: EventWaiters;
  watchers(account: string): EventWaiters;
}

/** @param self tells this process from all others. */
export function createNews(channel: string, self: string): News {
  const events = createEventWaiters();
  const watchers = createWatchers();
  const hear = (told: Told) => (told.what === "events" ? events : watchers(told.account)).wake();
  return {
    channel,
    events,
    watchers,
    hear,
    tell(told) {
      const message = JSON.stringify({ self, told } satisfies Message);
      return `SELECT pg_notify(${escapeLiteral(channel)}, ${escapeLiteral(message)})`;
    },
    receive(payload) {
      const message = messageOf(payload);
      if (message && message.self !== self) hear(message.told);
    },
    missed: events.wake,
  };
}

interface Message {
  self: string;
  told: Told;
}

/** Undefined for what somebody else says on our channel. */
function messageOf(payload = ""): Message | undefined {
  try {
    const message = JSON.parse(payload) as Partial<Message> | null;
    return message?.told ? (message as Message) : undefined;
  } catch {
    return undefined;
  }
}
