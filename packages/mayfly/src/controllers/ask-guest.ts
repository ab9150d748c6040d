import type { Heard } from "../lifecycle/hear.ts";
import { hear } from "../lifecycle/hear.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Machine } from "../lifecycle/observed.ts";
import { ProviderError } from "../providers/error.ts";
import type { Account, Ports } from "./ports.ts";
import { readReport } from "./read-report.ts";

/**
 * Asks once whether a machine is ready as its instance was asked for, and writes what came of it: guarded by the lease
 * alone, and merged into whatever the row says by then. Nothing is made, so whoever is cut off here is simply followed by
 * somebody who asks again.
 */
export async function askGuest(
  { store, clock, log }: Pick<Ports, "store" | "clock" | "log">,
  token: string,
  account: Account,
  row: Instance,
  machine: Machine,
): Promise<Instance> {
  const heard = await ask().catch((error: unknown): Heard => {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof ProviderError) log.warn({ instance: row.id, code: error.code }, why);
    else log.error({ instance: row.id, err: error }, "asking whether a machine is ready failed");
    return { kind: "not-yet", why };
  });
  return store.update(row.id, { token }, (current) => {
    const now = clock.now();
    const { row: next, event } = hear(current, heard, now);
    return next === current ? undefined : { row: next, events: event && [{ at: now, ...event }] };
  });

  async function ask(): Promise<Heard> {
    const { provider, probe } = account;
    const { ready } = row.spec;
    switch (ready) {
      case "cloud":
        return { kind: "ready" };
      case "ssh":
        return probe
          ? probe.ssh(machine.ips)
          : { kind: "not-yet", why: `nobody can ask machines of account ${account.name} from here` };
      case "cloud-init":
        return provider.guestReport
          ? readReport(await provider.guestReport({ id: machine.id, zone: machine.zone }))
          : { kind: "not-yet", why: `machines of ${provider.name} cannot report about themselves` };
      default:
        return ready satisfies never;
    }
  }
}
