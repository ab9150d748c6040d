import assert from "node:assert/strict";
import type { CallCount, Leftovers } from "@mayfly/emulator";
import { startEmulatedWorld } from "./emulated-world.ts";

export interface CallsOfAGroup {
  calls: CallCount;
  perInstance: number;
  /** How long it took until all were ready, and from the common deadline until all were gone, in the world's time. */
  upMs: number;
  downMs: number;
  left: Leftovers;
}

export interface GroupOptions {
  instances: number;
  ipv6: boolean;
  lifetimeMs: number;
  /** @default 1 */
  seed?: number;
}

const LONGEST_MS = 3_600_000;

/**
 * What a group of instances costs that is created together and ends at its deadline, cloud-init included: every call
 * from the first create to the last one deleted, those of the catalogue, the looks and the sweeps as well.
 */
export async function countCalls(options: GroupOptions): Promise<CallsOfAGroup> {
  const { instances, ipv6, lifetimeMs, seed = 1 } = options;
  const { clock, emulator, store, commands, passUntil, stop } = await startEmulatedWorld({ seed });
  const all = (phase: string) => async () =>
    (await store.list({ limit: 10_000, all: true })).instances.filter((row) => row.phase === phase).length ===
    instances;

  // The first sweep is the service's, not theirs.
  await passUntil(
    "the first sweep",
    async () => (emulator.calls().byOperation["listIps"] ?? 0) > 0,
    LONGEST_MS,
  );
  emulator.resetCalls();
  const created = Promise.all(
    Array.from({ length: instances }, (_, index) =>
      commands.create({
        name: `lab-${index}`,
        type: "DEV1-S",
        image: "ubuntu_noble",
        userData: "#cloud-config\npackages: [git]\n",
        lifetime: lifetimeMs,
        onExpiry: "delete",
        retain: 86_400_000,
        ready: "cloud",
        failsafe: true,
        provisionTimeout: 600_000,
        ipv4: true,
        ipv6,
        tags: [],
        volumes: [],
        sshKeys: [],
      }),
    ),
  );
  const upMs = await passUntil("all are running", all("running"), LONGEST_MS);
  const deadline = (await created)[0]!.instance.expiresAt;
  assert.ok(clock.now() < deadline, "their lifetime is too short to come up");
  await passUntil("all are deleted", all("deleted"), lifetimeMs + LONGEST_MS);
  const calls = emulator.calls();
  const downMs = clock.now() - deadline;
  const left = emulator.leftovers();
  await stop();
  return { calls, perInstance: calls.total / instances, upMs, downMs, left };
}
