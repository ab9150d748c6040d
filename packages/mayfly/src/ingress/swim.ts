import { UserError } from "../api/user-error.ts";
import { RedisError } from "../redis/error.ts";
import type { DutyHeld } from "../store/store.ts";
import { createDecommissionHandler } from "./decommission-handler.ts";
import { keepAt, napped } from "./keep-at.ts";
import { createOrderHandler } from "./order-handler.ts";
import { createQueueHold, described, HOLD_MS, REFRESH_EVERY_MS } from "./queue-hold.ts";
import { swimKeys } from "./swim-keys.ts";
import type { SwimPorts } from "./swim-ports.ts";
import { takeFrom } from "./swim-queue.ts";
import { tellStates } from "./swim-states.ts";

export interface SwimOptions {
  /** Whose orders these are made with. */
  account: string;
  /** This machine and process, for whoever finds the queue taken. */
  host: string;
  pid: number;
  /** Stands before every key and channel. @default none */
  prefix?: string;
  /**
   * So many instances of the account may wait to be made or be made; what comes more waits in Redis. Of 20 calls a second
   * half are kept for deletes; a machine takes 4 to make, so 2.5 a second are begun, and one that takes 20 s to boot
   * makes 50 under way. @default 50
   */
  mostProvisioning?: number;
  /** Where several processes of this installation take in turn: whose turn it is. @default this process is the only one */
  turn?: { duty: DutyHeld; expectHeld: () => void };
}

/** SWIM's door at work: its queues are taken from, its states are told. */
export interface Swim {
  /** Takes hold of the queues, or throws who has them. Where Redis is not there, it will be tried again. */
  open(): Promise<void>;
  /** Takes and tells from now on. */
  begin(): void;
  /** Ends what is under way. What is not done by then is done after the next start. */
  stop(): Promise<void>;
}

const MOST_PROVISIONING = 50;
const STOP_GRACE_MS = 1_500;

export async function createSwim(ports: SwimPorts, options: SwimOptions): Promise<Swim> {
  const { redis, store, clock, random, log } = ports;
  const { account, host, pid, prefix, mostProvisioning = MOST_PROVISIONING, turn } = options;
  const owner = await store.owner();
  const keys = swimKeys(owner, prefix);
  const token = Buffer.from(random.bytes(9)).toString("base64url");
  const hold = createQueueHold(ports, keys.holder, { owner, host, pid, token });
  const stopping = new AbortController();
  const { signal } = stopping;
  let loops: Promise<void>[] = [];

  const order = createOrderHandler(ports, account, turn?.duty);
  const decommission = createDecommissionHandler(ports, turn?.expectHeld ?? (() => undefined));
  const taking = (name: string, handle: typeof order, mayTake: () => Promise<boolean>) =>
    keepAt(ports, `take from ${name}`, signal, () =>
      takeFrom(
        ports,
        {
          name,
          taken: keys.taken(name),
          dead: keys.dead(name),
          handle,
          mayTake,
          ...(turn && { turn: { duty: turn.duty, held: hold.proof } }),
        },
        signal,
      ),
    );

  return {
    async open() {
      try {
        const holder = await hold.take();
        if (holder)
          throw new UserError(`${described(holder)} takes from ${keys.provision} already`, {
            exitCode: 4,
            suggestion: `stop that one; if it is gone, wait ${HOLD_MS / 1_000} s; for two installations on one Redis give each its --key-prefix`,
          });
      } catch (error) {
        if (!(error instanceof RedisError && error.code === "unavailable")) throw error;
        log.error(
          { err: error },
          "redis is not there: instances are ended on time, orders wait until it is back",
        );
      }
    },

    begin() {
      loops = [
        keepAt(ports, "hold the queues", signal, async () => {
          await napped(clock, REFRESH_EVERY_MS, signal);
          if (!signal.aborted) await hold.refresh();
        }),
        taking(
          keys.provision,
          order,
          async () => hold.isHeld() && (await store.provisioning(account)) < mostProvisioning,
        ),
        ...keys.decommission.map((name) => taking(name, decommission, async () => hold.isHeld())),
        keepAt(ports, "tell the states", signal, () => tellStates(ports, keys, signal)),
      ];
    },

    async stop() {
      stopping.abort(new Error("the service is stopping"));
      // What hangs is cut off with the connections.
      const late = new AbortController();
      await Promise.race([Promise.all(loops), napped(clock, STOP_GRACE_MS, late.signal)]);
      late.abort();
      try {
        if (hold.isHeld()) await hold.release();
      } catch (error) {
        log.warn({ err: error }, "the queues could not be given back; they are free when the hold is over");
      }
      await redis.close();
    },
  };
}
