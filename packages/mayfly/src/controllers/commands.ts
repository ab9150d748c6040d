import type { Commands } from "../api/commands.ts";
import type { CreateInstance } from "../api/create-instance.ts";
import type { Doctor } from "../api/doctor.ts";
import { RequestProblem } from "../api/problem.ts";
import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Instance, InstanceSpec } from "../lifecycle/instance.ts";
import { instanceId } from "../lifecycle/instance-id.ts";
import { extend, remove, start, stop } from "../lifecycle/request.ts";
import type { Answer } from "../lifecycle/request.ts";
import { ProviderError } from "../providers/error.ts";
import { StoreError } from "../store/error.ts";
import type { NewInstance } from "../store/store.ts";
import type { Account, Ports } from "./ports.ts";

const DEFAULT_MAX_LIFETIME_MS = 7 * 86_400_000;

/** What a user can do, on the rows. The controllers carry it out. */
export function createCommands(ports: Ports, doctor: () => Promise<Doctor>): Commands {
  const { store, scheduler, clock, random } = ports;

  async function find(reference: string): Promise<Instance> {
    const row = await store.find(reference);
    if (!row)
      throw new RequestProblem(
        "not_found",
        `no instance ${reference}; \`mayfly list --all\` shows what there is`,
      );
    return row;
  }

  async function ask(reference: string, answer: (row: Instance, now: number) => Answer): Promise<Instance> {
    const { id } = await find(reference);
    const now = clock.now();
    const row = await store.update(id, {}, (current) => {
      const answered = answer(current, now);
      if (typeof answered === "string") throw new RequestProblem("refused", answered);
      if (answered.row === current) return undefined;
      return {
        row: answered.row,
        events: answered.event && [{ at: now, kind: answered.event, reason: answered.row.reason }],
      };
    });
    await scheduler.wake(id, now);
    return row;
  }

  return {
    async create(request, options = {}) {
      // A repeat is answered from the rows, whatever the cloud says by now.
      const earlier =
        options.idempotencyKey === undefined ? undefined : await store.inserted(options.idempotencyKey);
      if (earlier) return { instance: earlier, created: false };
      const account = accountFor(ports, request.account);
      const spec = specOf(request, account);
      const problems = await checked(() => account.provider.validate?.(spec) ?? Promise.resolve([]));
      if (request.onExpiry === "stop" && !account.provider.supports.stop)
        problems.push({
          path: "onExpiry",
          message: `${account.provider.name} cannot stop machines`,
          suggestion: "use delete",
        });
      if (problems.length > 0)
        throw new RequestProblem("invalid", problems.map((problem) => problem.message).join("; "), problems);
      // The lifetime begins when it is accepted, however long the cloud took to be asked.
      const row = newRow(request, account, { spec, now: clock.now(), id: instanceId(random.bytes(8)) });
      try {
        const inserted = await store.insert(row, { idempotencyKey: options.idempotencyKey });
        await scheduler.wake(inserted.instance.id, clock.now());
        return inserted;
      } catch (error) {
        if (error instanceof StoreError && error.code === "name_taken")
          throw new RequestProblem(
            "refused",
            `there is an instance named ${row.name} already; choose another name`,
            [{ path: "name", message: `${row.name} is taken` }],
          );
        throw error;
      }
    },
    get: find,
    list: (query) => store.list(query),
    extend: (reference, request) => ask(reference, (row, now) => extend(row, request, now)),
    start: (reference) => ask(reference, start),
    stop: (reference) =>
      ask(reference, (row, now) =>
        ports.accounts.get(row.account)?.provider.supports.stop === false
          ? `machines of account ${row.account} cannot be stopped, only deleted`
          : stop(row, now),
      ),
    delete: (reference) => ask(reference, remove),
    events: (query) => store.events(query),
    nextEvent: (signal) => store.eventCommitted(signal),
    types: (query) => fromCatalog(ports, query, (account, zone) => account.provider.catalog?.types(zone)),
    images: (query) => fromCatalog(ports, query, (account, zone) => account.provider.catalog?.images(zone)),
    doctor,
  };
}

function specOf(request: CreateInstance, account: Account): InstanceSpec {
  return {
    version: 1,
    zone: request.zone ?? account.defaultZone,
    type: request.type,
    image: request.image,
    userData: request.userData,
    ipv4: request.ipv4,
    ipv6: request.ipv6,
    rootVolumeGb: request.rootVolumeGb,
    securityGroup: request.securityGroup,
    tags: request.tags,
    ready: "cloud",
  };
}

function newRow(
  request: CreateInstance,
  account: Account,
  { spec, now, id }: { spec: InstanceSpec; now: number; id: string },
): NewInstance {
  const expiresAt = now + request.lifetime;
  return {
    id,
    name: request.name ?? `mayfly-${id.slice(-6)}`,
    account: account.name,
    spec,
    origin: "request",
    desired: "running",
    phase: "pending",
    expiresAt,
    maxExpiresAt: now + (request.maxLifetime ?? Math.max(DEFAULT_MAX_LIFETIME_MS, request.lifetime)),
    onExpiry: request.onExpiry,
    retainMs: request.retain,
    giveUpAt: now + request.provisionTimeout,
    footprint: emptyFootprint(spec.zone),
    actedAt: now,
    failures: 0,
    nextActionAt: now,
    watched: false,
    ips: [],
    createdAt: now,
    updatedAt: now,
  };
}

function accountFor({ accounts }: Ports, name: string | undefined): Account {
  if (name === undefined && accounts.size === 1) return [...accounts.values()][0]!;
  const names = [...accounts.keys()].join(", ");
  const account = name === undefined ? undefined : accounts.get(name);
  if (account) return account;
  const message = name === undefined ? "which account?" : `no account ${name}`;
  throw new RequestProblem("invalid", `${message}; there are: ${names}`, [
    { path: "account", message, suggestion: `one of ${names}` },
  ]);
}

async function fromCatalog<T>(
  ports: Ports,
  query: { account?: string; zone?: string },
  read: (account: Account, zone: string) => Promise<T[]> | undefined,
): Promise<T[]> {
  const account = accountFor(ports, query.account);
  const { zones } = account.provider;
  const zone = query.zone ?? account.defaultZone;
  if (!zones.includes(zone))
    throw new RequestProblem("invalid", `no zone ${zone}`, [
      { path: "zone", message: `no zone ${zone}`, suggestion: `one of ${zones.join(", ")}` },
    ]);
  return checked(() => read(account, zone) ?? Promise.resolve([]));
}

// The cloud is asked before anything is written: when it cannot answer, nothing was done.
async function checked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const done = "nothing was done";
    switch (error.code) {
      case "unauthorized":
        throw new RequestProblem(
          "unauthorized",
          `${error.message}; ${done}: check the account's keys and what they may do`,
        );
      case "invalid_input":
        throw new RequestProblem("invalid", `${error.message}; ${done}`);
      default:
        throw new RequestProblem("unavailable", `${error.message}; ${done}`);
    }
  }
}
