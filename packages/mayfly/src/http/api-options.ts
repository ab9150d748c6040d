import type { Commands } from "../api/commands.ts";
import type { Clock } from "../clock.ts";

/** What the HTTP API stands on. */
export interface ApiOptions {
  commands: Commands;
  /** Beats the heart of event streams. */
  clock: Clock;
  /** Why this process is not of use now, if it is not. @default it always is */
  ready?: () => Promise<string | undefined>;
  log: { error(fields: object, message: string): void };
  /**
   * The fingerprint of each account's credentials, by the account's name.
   * @default read from `commands.doctor()`
   */
  serviceFingerprints?: () => Readonly<Record<string, string>>;
}
