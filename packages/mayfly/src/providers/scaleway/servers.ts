import { listAll, waitUntil } from "@mayfly/scaleway";
import type { Machine, MachineState } from "../../lifecycle/observed.ts";
import { ProviderError } from "../error.ts";
import type { Clients } from "./clients.ts";
import { underSignal } from "./clients.ts";
import { toMachine } from "./machine.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "../refused.ts";

/** The machines of the account's project, ours or not. Failures are `ProviderError`s. */
export interface Servers {
  /** Of exactly this name; several are `invalid_input`. */
  find(name: string, zone: string, options?: { signal?: AbortSignal }): Promise<Machine | undefined>;
  /** Every page, or a throw. */
  list(zone: string, options?: { signal?: AbortSignal }): Promise<Machine[]>;
  /**
   * Looks every 5 s until the machine is in that state. Past the deadline `unavailable`, which names the state that it was
   * in last; a machine that is not there is a `conflict` at once.
   */
  waitFor(id: string, zone: string, options: WaitForOptions): Promise<Machine>;
}

export interface WaitForOptions {
  state: MachineState;
  timeoutMs: number;
  signal?: AbortSignal;
}

export function createServers(account: Clients): Servers {
  return {
    find: (name, zone, { signal } = {}) =>
      attempt(`find server ${name} on scaleway ${zone}`, async () => {
        const [found, ...others] = await listServers(underSignal(account, signal), zone, name);
        if (found === undefined || others.length === 0) return found;
        const ids = [found, ...others].map(({ id }) => id);
        throw new Refused(`${ids.length} have this name: ${ids.join(", ")}`, "go by the id");
      }),

    list: (zone, { signal } = {}) =>
      attempt(`list servers of scaleway ${zone}`, () => listServers(underSignal(account, signal), zone)),

    waitFor: (id, zone, options) =>
      attempt(`wait for server ${id} on scaleway ${zone} to be ${options.state}`, () =>
        waitFor(underSignal(account, options.signal), { id, zone }, options),
      ),
  };
}

async function listServers({ read }: Clients, zone: string, name?: string): Promise<Machine[]> {
  const servers = await listAll(
    async (page, perPage) => {
      const answer = await read.instance.listServers({
        zone,
        page,
        perPage,
        project: read.projectId,
        name,
        order: "creation_date_asc",
      });
      return { items: answer.servers, totalCount: answer.totalCount };
    },
    { what: `servers of ${zone}`, oldestFirst: true },
  );
  // The cloud takes a name for a part of one.
  return servers.filter((each) => (name ?? each.name) === each.name).map(toMachine);
}

async function waitFor(
  { clock, read, signal }: Clients,
  { id: serverId, zone }: { id: string; zone: string },
  { state, timeoutMs }: WaitForOptions,
): Promise<Machine> {
  const deadline = clock.monotonic() + timeoutMs;
  const last = await waitUntil(
    async () => {
      const { server } = await read.instance.getServer({ serverId, zone });
      if (server === undefined) throw new Error("the answer holds no machine");
      const machine = toMachine(server);
      return machine.state === state || clock.monotonic() >= deadline ? machine : undefined;
    },
    { clock, signal, timeoutMs, what: `server ${serverId}` },
  );
  if (last.state !== state)
    throw new ProviderError("unavailable", `it is ${last.state} after ${timeoutMs / 1000} s`);
  return last;
}
