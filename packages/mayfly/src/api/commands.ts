import type { Instance, InstanceEvent } from "../lifecycle/instance.ts";
import type { Image, MachineType } from "../providers/provider.ts";
import type { CreateInstance } from "./create-instance.ts";
import type { Doctor } from "./doctor.ts";
import type { ExtendInstance } from "./extend-instance.ts";
import type { ProblemItem } from "./problem.ts";
import type { ResourceCommands } from "./resource-commands.ts";

/**
 * What a user can do, whichever door it came through. Every change is in the store when its promise resolves, and is
 * carried out afterwards whatever crashes. Refusals are `RequestProblem`s and change nothing.
 * `reference` is one of our ids, the cloud's machine id, or a name.
 */
export interface Commands extends ResourceCommands {
  /** Validated against the cloud too (type, zone, image, security group), all problems at once. */
  create(
    request: CreateInstance,
    options?: { idempotencyKey?: string },
  ): Promise<{ instance: Instance; created: boolean }>;
  /** What `create` would find wrong with such a request, the cloud's part included. Nothing is made. */
  judge(request: CreateInstance): Promise<ProblemItem[]>;
  /**
   * As `create`, with nobody who waits for an answer: the cloud is not asked before, and what it refuses fails the
   * instance. A delivery that is not acknowledged yet answers the row that it made.
   */
  accept(
    request: CreateInstance,
    delivery: { key: string; duty?: { name: string; token: string } },
  ): Promise<{ instance: Instance; created: boolean }>;
  get(reference: string): Promise<Instance>;
  list(query: {
    limit: number;
    cursor?: string;
    all?: boolean;
  }): Promise<{ instances: Instance[]; cursor?: string }>;
  /** Moves the deadline to exactly `expiresAt`; a machine that its deadline stopped starts again. */
  extend(reference: string, request: ExtendInstance): Promise<Instance>;
  start(reference: string): Promise<Instance>;
  stop(reference: string): Promise<Instance>;
  /** Legal in every state; asking again changes nothing. */
  delete(reference: string): Promise<Instance>;
  events(query: { after: number; instanceId?: string; limit: number }): Promise<InstanceEvent[]>;
  /** Resolves when there may be new events, or when the signal aborts. */
  nextEvent(signal: AbortSignal): Promise<void>;
  types(query: { account?: string; zone?: string }): Promise<MachineType[]>;
  images(query: { account?: string; zone?: string }): Promise<Image[]>;
  doctor(): Promise<Doctor>;
}
