import type { Provider } from "../providers/provider.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import type { ConnectScalewayOptions } from "../providers/scaleway/connect.ts";
import { createScalewayProvider } from "../providers/scaleway/scaleway.ts";
import { startEmulatedWorld } from "./emulated-world.ts";

export interface LagOptions {
  instances: number;
  /** Their deadlines are spread over so much time. */
  withinMs: number;
  /** Whether the account's limiter of 20 calls a second stands before the cloud. */
  limited: boolean;
}

const LONGEST_MS = 7_200_000;
/** Long enough for all to come up at 20 calls a second. */
const LIFETIME_MS = 1_800_000;

/** From the deadline until the call that ends the machine enters the limiter, in the world's time: no computing counts. */
export async function deadlineLag(options: LagOptions): Promise<{ p50Ms: number; p99Ms: number }> {
  const { instances, withinMs, limited } = options;
  const deadlines = new Map<string, number>();
  const lags = new Map<string, number>();
  const ends = (provider: Provider, now: () => number): Provider => ({
    ...provider,
    async delete(request) {
      const deadline = deadlines.get(request.instanceId);
      if (deadline !== undefined && !lags.has(request.instanceId))
        lags.set(request.instanceId, now() - deadline);
      return provider.delete(request);
    },
  });
  const { commands, passUntil, stop } = await startEmulatedWorld({
    connect: (how) => ends(limited ? connectScaleway(how).provider : unlimited(how), how.clock.now),
  });
  const created = Promise.all(
    Array.from({ length: instances }, (_, index) =>
      commands.create({
        name: `lab-${index}`,
        type: "DEV1-S",
        image: "ubuntu_noble",
        lifetime: LIFETIME_MS + Math.floor((index * withinMs) / instances),
        onExpiry: "delete",
        retain: 86_400_000,
        ready: "cloud",
        failsafe: true,
        provisionTimeout: LIFETIME_MS,
        ipv4: true,
        ipv6: false,
        tags: [],
        volumes: [],
        sshKeys: [],
      }),
    ),
  );
  let all = false;
  void created.then(() => (all = true));
  await passUntil("all are asked for", async () => all, LONGEST_MS);
  for (const { instance } of await created) deadlines.set(instance.id, instance.expiresAt);
  await passUntil("all are ended", async () => lags.size === instances, LONGEST_MS);
  await stop();
  const sorted = [...lags.values()].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function unlimited({ fetch, heard, ...how }: ConnectScalewayOptions): Provider {
  const open = async (request: Request) => {
    const sentAt = how.clock.now();
    const answer = await fetch(request);
    heard(Date.parse(answer.headers.get("date") ?? ""), sentAt);
    return answer;
  };
  return createScalewayProvider({ ...how, fetch: { read: open, create: open, delete: open } });
}
