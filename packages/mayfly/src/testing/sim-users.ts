import type { Commands } from "../api/commands.ts";
import { RequestProblem } from "../api/problem.ts";
import type { Clock } from "../clock.ts";
import { ProviderError } from "../providers/error.ts";
import { StoreError } from "../store/error.ts";
import type { Store } from "../store/store.ts";
import { aPublicKey } from "./a-public-key.ts";
import type { Promised } from "./promised.ts";
import type { Wish } from "./scenario.ts";
import type { seededRandom } from "./seeded-random.ts";

export interface SimUsers {
  /** Resolves when they have asked for all that they want. */
  done: Promise<void>;
  /** Creates that were acknowledged. */
  accepted(): number;
}

export interface SimUsersOptions {
  wishes: Wish[];
  store: Store;
  clock: Clock;
  random: ReturnType<typeof seededRandom>;
  /** A process that answers, if there is one. */
  commands: () => Commands | undefined;
  promised: Promised;
  tell: (line: string) => void;
}

/** Users ask until there is an answer; whoever got none asks again, with the same key. */
export function startSimUsers(options: SimUsersOptions): SimUsers {
  const { wishes, store, clock, random, commands, promised, tell } = options;
  const began = clock.now();
  let accepted = 0;

  async function ask<T>(what: string, request: (commands: Commands) => Promise<T>): Promise<T | undefined> {
    for (;;) {
      const asked = commands();
      const answer =
        asked && (await Promise.race([request(asked).then(succeeded, failed), clock.sleep(10_000)]));
      if (answer && "error" in answer) {
        if (!isPassing(answer.error)) {
          tell(`${what}: refused: ${String(answer.error)}`);
          return undefined;
        }
      } else if (answer) {
        tell(`${what}: accepted`);
        return answer.value;
      }
      await clock.sleep(1_000 + random.below(3_000));
    }
  }

  async function live(wish: Wish, index: number): Promise<void> {
    await clock.sleep(wish.atMs);
    const row = await ask(`create ${index}`, (service) =>
      service.create(
        {
          type: wish.type,
          image: "ubuntu_noble",
          lifetime: wish.lifetimeMs,
          onExpiry: wish.onExpiry,
          retain: wish.retainMs,
          ready: wish.ready,
          failsafe: true,
          provisionTimeout: wish.provisionTimeoutMs,
          ipv4: true,
          ipv6: wish.ipv6,
          userData: wish.userData ? "#cloud-config\npackages: [git]\n" : undefined,
          tags: [],
          network: wish.network,
          firewall: wish.firewall,
          volumes: wish.volume ? [{ name: "data", sizeGb: 10 }] : [],
          sshKeys: wish.key === undefined ? [] : [aPublicKey(wish.key)],
        },
        { idempotencyKey: `wish-${index}` },
      ),
    );
    if (!row) return;
    accepted += 1;
    const { id } = row.instance;
    promised.promise(id, row.instance.expiresAt);
    if (wish.userData || wish.ready === "cloud-init") promised.withUserData.add(id);
    if (wish.ready === "cloud-init") promised.reporting.add(id);
    await Promise.all(wish.acts.map((act) => carryOut(id, act)));
    // A clock that was wrong gave it an hour more: few people leave it at that.
    const gift = ((await store.get(id))?.expiresAt ?? 0) > began + LONGEST_LIFE_MS;
    if (gift && random.chance(0.8)) await carryOut(id, { atMs: LONGEST_LIFE_MS, verb: "delete" });
  }

  async function carryOut(id: string, { atMs, verb }: Wish["acts"][number]): Promise<void> {
    await clock.sleep(Math.max(0, began + atMs - clock.now()));
    if (verb === "extend beyond" || verb === "extend late") return extendInVain(id, verb);
    if (verb !== "extend") {
      if (verb !== "start") promised.endRequested.add(id);
      await ask(`${verb} ${id}`, (service) => service[verb](id));
      return;
    }
    const current = await store.get(id);
    if (!current) return;
    const expiresAt = Math.max(clock.now(), current.expiresAt) + 60_000;
    // Once it is asked for, it may hold even though its answer is lost: the promise is about what was accepted.
    if (await ask(`extend ${id}`, (service) => service.extend(id, { expiresAt })))
      promised.promise(id, expiresAt);
  }

  async function extendInVain(id: string, verb: "extend beyond" | "extend late"): Promise<void> {
    const current = await store.get(id);
    if (!current) return;
    const request =
      verb === "extend beyond"
        ? { expiresAt: current.maxExpiresAt + NOBODY_ELSES_MS }
        : {
            expiresAt: Math.max(clock.now(), current.expiresAt) + NOBODY_ELSES_MS,
            ifExpiresAt: current.expiresAt - 1,
          };
    promised.refused.push({ id, expiresAt: request.expiresAt });
    if (await ask(`${verb} ${id}`, (service) => service.extend(id, request)))
      promised.wronglyAccepted.push(`${verb} ${id}`);
  }

  return { done: Promise.all(wishes.map(live)).then(() => undefined), accepted: () => accepted };
}

/** No other extension leads to such a deadline. */
const NOBODY_ELSES_MS = 61_237;
/** Longer than anything that is asked for, with all extensions. */
const LONGEST_LIFE_MS = 8 * 60_000;

// Worth asking again.
const isPassing = (error: unknown) =>
  error instanceof StoreError ||
  error instanceof ProviderError ||
  (error instanceof RequestProblem && error.code === "unavailable");
const succeeded = <T>(value: T) => ({ value });
const failed = (error: unknown) => ({ error });
