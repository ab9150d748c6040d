import type { EmulatorOptions } from "../../emulator.ts";
import type { Cloud } from "../a-cloud.ts";

export type Ask = readonly [method: string, path: string, body?: unknown];

/** How the cloud says no; of help messages those count that were recorded. */
export interface Refused {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request that must be refused. */
export interface Refusal {
  /** Of the test. */
  readonly name: string;
  /** Prepares the cloud. */
  readonly ask: (cloud: Cloud) => Ask | Promise<Ask>;
  readonly refused: Refused | ((ask: Ask) => Refused);
  readonly options?: EmulatorOptions;
}

/** A refusal in a table. */
export type RefusalRow = readonly [
  name: string,
  ask: (cloud: Cloud) => Ask | Promise<Ask>,
  refused: Refused | ((ask: Ask) => Refused),
];

export function refusalOf([name, ask, refused]: RefusalRow): Refusal {
  return { name, ask, refused };
}
