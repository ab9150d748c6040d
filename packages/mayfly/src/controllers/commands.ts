import type { Commands } from "../api/commands.ts";
import type { CreateInstance } from "../api/create-instance.ts";
import type { Doctor } from "../api/doctor.ts";
import { RequestProblem } from "../api/problem.ts";
import { sshKey } from "../api/ssh-key.ts";
import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Instance, InstanceSpec, SharedThing } from "../lifecycle/instance.ts";
import { noCost } from "../lifecycle/metering.ts";
import { instanceId } from "../lifecycle/instance-id.ts";
import { extend, remove, start, stop } from "../lifecycle/request.ts";
import type { Answer } from "../lifecycle/request.ts";
import { slug } from "../lifecycle/slug.ts";
import { insertNew } from "./insert-new.ts";
import type { Problem } from "../providers/provider.ts";
import type { NewInstance } from "../store/store.ts";
import { accountFor } from "./account-for.ts";
import { checked } from "./checked.ts";
import { placeFor } from "./place-for.ts";
import type { Account, Ports } from "./ports.ts";
import { requestDigest } from "./request-digest.ts";
import { resourceCommands } from "./resource-commands.ts";
import { sharedBy, sharedResources } from "./shared-resources.ts";

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
    await scheduler.wakeNow([id]);
    return row;
  }

  return {
    async create(request, options = {}) {
      const { idempotencyKey } = options;
      const digest = idempotencyKey === undefined ? undefined : requestDigest(request);
      // A repeat is answered from the rows, whatever the cloud says by now.
      const earlier = idempotencyKey === undefined ? undefined : await store.inserted(idempotencyKey);
      if (earlier) return { instance: sameAsked(earlier, digest), created: false };
      const account = accountFor(ports, request.account, request.provider);
      const spec = specOf(request, account);
      // The cloud is asked before anything is written: when it cannot answer, nothing was done.
      const problems = await problemsOf(request, spec, account);
      if (problems.length > 0)
        throw new RequestProblem("invalid", problems.map((problem) => problem.message).join("; "), problems);
      // The lifetime begins when it is accepted, however long the cloud took to be asked.
      const id = instanceId(random.bytes(8));
      const row = { ...newRow(request, account, { spec, now: clock.now(), id }), requestDigest: digest };
      const inserted = await insertNew(ports, request, row, { idempotencyKey });
      if (!inserted.created) sameAsked(inserted.instance, digest);
      return inserted;
    },
    async judge(request) {
      const account = accountFor(ports, request.account, request.provider);
      return problemsOf(request, specOf(request, account), account);
    },
    async accept(request, { key, duty }) {
      const account = accountFor(ports, request.account);
      const spec = specOf(request, account);
      const row = newRow(request, account, { spec, now: clock.now(), id: instanceId(random.bytes(8)) });
      return insertNew(ports, request, row, { deliveryKey: key, ...(duty && { duty }) });
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
    ...resourceCommands(ports),
    doctor,
  };
}

/** Throws when that instance was asked for otherwise. Of one that is gone nobody knows any more. */
function sameAsked(earlier: Instance, digest: string | undefined): Instance {
  const { id, requestDigest } = earlier;
  if (requestDigest === undefined || requestDigest === digest) return earlier;
  throw new RequestProblem(
    "key_reused",
    `this idempotency key has made ${id}, by a request that asks for something else; nothing was done`,
    [
      {
        path: "Idempotency-Key",
        message: `it belongs to the request that made ${id}`,
        suggestion: "send another key for another instance, or repeat that request as it was",
      },
    ],
  );
}

function specOf(request: CreateInstance, account: Account): InstanceSpec {
  return {
    version: 1,
    zone: request.zone ?? account.defaultZone,
    type: request.type ?? account.provider.defaults.type,
    image: request.image ?? account.provider.defaults.image,
    userData: request.userData,
    machineName: request.machineName,
    ipv4: request.ipv4,
    ipv6: request.ipv6,
    rootVolumeGb: request.rootVolumeGb,
    securityGroup: request.securityGroup,
    network: request.network,
    firewall: request.firewall,
    volumes: request.volumes.length === 0 ? undefined : request.volumes,
    sshKeys: request.sshKeys.length === 0 ? undefined : distinct(request.sshKeys.map(sshKey)),
    tags: request.tags,
    ready: request.ready,
    failsafe: (request.failsafe && account.provider.supports.failsafe) || undefined,
  };
}

const distinct = <T extends { name: string }>(all: T[]): T[] => [
  ...new Map(all.map((one) => [one.name, one])).values(),
];

async function problemsOf(request: CreateInstance, spec: InstanceSpec, account: Account): Promise<Problem[]> {
  const { provider } = account;
  const problems = await checked(() => provider.validate?.(spec) ?? Promise.resolve([]));
  if (request.onExpiry === "stop" && !provider.supports.stop)
    problems.push({
      path: "onExpiry",
      message: `${provider.name} cannot stop machines`,
      suggestion: "use delete",
    });
  return [...problems, ...unsupported(spec, account), ...unheard(spec, account)];
}

/** What of it this cloud has not. */
function unsupported(spec: InstanceSpec, { provider }: Account): Problem[] {
  const missing: [path: string, asked: boolean][] = [
    ["network", spec.network !== undefined && !provider.networks],
    ["firewall", spec.firewall !== undefined && !provider.firewalls],
    ["volumes", spec.volumes !== undefined && !provider.volumes],
    ["sshKeys", spec.sshKeys !== undefined && !provider.keys],
  ];
  return missing
    .filter(([, asked]) => asked)
    .map(([path]) => ({ path, message: `${provider.name} has none of these`, suggestion: "leave it out" }));
}

/** Why nobody could ever tell that it is ready. */
function unheard(spec: InstanceSpec, { provider, probe }: Account): Problem[] {
  const path = "ready";
  switch (spec.ready) {
    case "cloud":
      return [];
    case "ssh":
      if (!probe) {
        const message = "no address leads to the machines of an emulated cloud";
        return [{ path, message, suggestion: "use cloud or cloud-init; `npm start` plays SSH too" }];
      }
      if (spec.ipv4 || spec.ipv6) return [];
      return [
        {
          path,
          message: "a machine without a public address cannot be reached",
          suggestion: "use cloud-init",
        },
      ];
    case "cloud-init":
      if (provider.guestReport) return [];
      return [
        {
          path,
          message: `machines of ${provider.name} cannot report about themselves`,
          suggestion: "use ssh",
        },
      ];
    default:
      return spec.ready satisfies never;
  }
}

/** Counted from the first row on, so that nobody removes what it was promised. */
function usesOf(spec: InstanceSpec, { provider }: Account): SharedThing[] | undefined {
  const sshKeys = spec.sshKeys?.slice(0, provider.keys?.mostPerMachine);
  const uses = sharedBy({ ...spec, sshKeys }).map(({ kind, name }) => ({
    kind,
    name,
    place: sharedResources(provider, kind)!.placeOf(spec.zone),
  }));
  return uses.length === 0 ? undefined : uses;
}

function newRow(
  request: CreateInstance,
  account: Account,
  { spec, now, id }: { spec: InstanceSpec; now: number; id: string },
): NewInstance {
  const expiresAt = now + request.lifetime;
  return {
    id,
    name: nameOf(request, id),
    account: account.name,
    spec,
    origin: "request",
    desired: "running",
    phase: "pending",
    expiresAt,
    maxExpiresAt: now + (request.maxLifetime ?? Math.max(DEFAULT_MAX_LIFETIME_MS, request.lifetime)),
    onExpiry: request.onExpiry,
    retainMs: request.retain,
    uses: usesOf(spec, account),
    giveUpAt: now + request.provisionTimeout,
    footprint: emptyFootprint(spec.zone),
    actedAt: now,
    failures: 0,
    nextActionAt: now,
    watched: false,
    ips: [],
    createdAt: now,
    updatedAt: now,
    cost: noCost(),
  };
}

/** A name that somebody chose stands; one that follows from the machine's may get a suffix. */
function nameOf({ name, machineName }: CreateInstance, id: string): string {
  return name ?? (machineName === undefined ? `mayfly-${id.slice(-6)}` : slug(machineName));
}

async function fromCatalog<T>(
  ports: Ports,
  query: { account?: string; zone?: string },
  read: (account: Account, zone: string) => Promise<T[]> | undefined,
): Promise<T[]> {
  const { account, zone } = placeFor(ports, query);
  return checked(() => read(account, zone) ?? Promise.resolve([]));
}
