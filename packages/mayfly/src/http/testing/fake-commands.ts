import type { Commands } from "../../api/commands.ts";
import type { CreateInstance } from "../../api/create-instance.ts";
import { RequestProblem } from "../../api/problem.ts";
import type { ProblemItem } from "../../api/problem.ts";
import type { Instance, InstanceEvent } from "../../lifecycle/instance.ts";
import { createFakeResources } from "./fake-resources.ts";
import type { FakeResources } from "./fake-resources.ts";

/** Commands on rows in memory that nobody carries out, for tests of what stands in front of them. */
export interface FakeCommands extends Commands, FakeResources {
  rows: Map<string, Instance>;
  /** What was asked, in order: `create`, `extend mf-…`. */
  asked: string[];
  created: { request: CreateInstance; idempotencyKey: string | undefined }[];
  /** What the cloud finds wrong with whatever is asked for. */
  judged: ProblemItem[];
  /** The next call fails with this. */
  nextError: unknown;
  /** Somebody listens for events. */
  waiting(): number;
  put(row: Instance): Instance;
  /** Changes a row and writes the event of it. */
  happen(id: string, change: Partial<Instance>, kind?: InstanceEvent["kind"]): void;
}

/** @param aRow builds the row of a create */
export function createFakeCommands(aRow: (with_: Partial<Instance>) => Instance): FakeCommands {
  const waiters = new Set<() => void>();
  const keys = new Map<string, string>();
  const log: InstanceEvent[] = [];

  function ask(what: string): void {
    fake.asked.push(what);
    const error = fake.nextError;
    fake.nextError = undefined;
    if (error !== undefined) throw error;
  }

  async function change(verb: string, reference: string, change: Partial<Instance>): Promise<Instance> {
    const { id } = await fake.get(reference);
    ask(`${verb} ${id}`);
    return fake.put({ ...fake.rows.get(id)!, ...change });
  }

  const fake: FakeCommands = {
    ...createFakeResources(ask),
    rows: new Map(),
    asked: [],
    created: [],
    judged: [],
    nextError: undefined,
    waiting: () => waiters.size,
    put(row) {
      fake.rows.set(row.id, row);
      return row;
    },
    happen(id, change, kind = "phase") {
      const row = fake.put({ ...fake.rows.get(id)!, ...change });
      const { phase, reason, expiresAt } = row;
      log.push({ seq: log.length + 1, at: row.createdAt, instanceId: id, kind, phase, reason, expiresAt });
      for (const wake of waiters) wake();
    },

    judge: async () => fake.judged,
    async create(request, { idempotencyKey } = {}) {
      ask("create");
      fake.created.push({ request, idempotencyKey });
      const known = idempotencyKey === undefined ? undefined : keys.get(idempotencyKey);
      if (known !== undefined) return { instance: fake.rows.get(known)!, created: false };
      const id = `mf-${String(fake.rows.size + 1).padStart(12, "0")}`;
      if (idempotencyKey !== undefined) keys.set(idempotencyKey, id);
      const row = aRow({ id, name: request.name ?? id.slice(3) });
      return {
        instance: fake.put({ ...row, expiresAt: row.createdAt + request.lifetime }),
        created: true,
      };
    },
    accept: (request, { key }) => fake.create(request, { idempotencyKey: key }),
    async get(reference) {
      const row = [...fake.rows.values()].find((row) => row.id === reference || row.name === reference);
      if (!row) throw new RequestProblem("not_found", `no instance ${reference}`);
      return row;
    },
    async list({ limit, cursor = "0", all = false }) {
      ask("list");
      const rows = [...fake.rows.values()].filter((row) => all || row.phase !== "deleted");
      const end = Number(cursor) + limit;
      return {
        instances: rows.slice(Number(cursor), end),
        ...(end < rows.length && { cursor: String(end) }),
      };
    },
    extend: (reference, { expiresAt }) => change("extend", reference, { expiresAt }),
    start: (reference) => change("start", reference, { desired: "running" }),
    stop: (reference) => change("stop", reference, { desired: "stopped" }),
    delete: (reference) => change("delete", reference, { desired: "gone" }),
    async events({ after, instanceId, limit }) {
      const wanted = log.filter(
        (one) => one.seq > after && (instanceId ?? one.instanceId) === one.instanceId,
      );
      return wanted.slice(0, limit);
    },
    nextEvent: (signal) =>
      new Promise((resolve) => {
        const end = () => {
          waiters.delete(end);
          resolve();
        };
        if (signal.aborted) return resolve();
        waiters.add(end);
        signal.addEventListener("abort", end, { once: true });
      }),
    async types() {
      ask("types");
      return [
        {
          name: "DEV1-S",
          vcpus: 2,
          memoryGib: 2,
          arch: "x86_64",
          priceMicrosPerHour: 8_800,
          available: true,
        },
      ];
    },
    async images() {
      ask("images");
      return [{ label: "ubuntu_noble", name: "Ubuntu 24.04" }];
    },
    async doctor() {
      ask("doctor");
      const account = { name: "default", provider: "fake", zone: "z", endpoint: "e", fingerprint: "abc" };
      return {
        version: "0",
        owner: "o",
        home: "/h",
        pid: 1,
        startedAt: "2030-01-01T00:00:00.000Z",
        accounts: [{ ...account, suspects: 0, reaped: 0, callsByClass: {} }],
        instances: {},
        checks: [],
      };
    },
  };
  return fake;
}
