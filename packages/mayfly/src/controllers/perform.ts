import { mergeFootprint, ownMachine } from "../lifecycle/absorb.ts";
import { askedBy } from "../lifecycle/asked.ts";
import { backoffMs } from "../lifecycle/backoff.ts";
import type { Decision } from "../lifecycle/decision.ts";
import type { Instance } from "../lifecycle/instance.ts";
import { goingDown, poweredOn, seen, volumesMade } from "../lifecycle/metering.ts";
import type { Observed } from "../lifecycle/observed.ts";
import { ProviderError } from "../providers/error.ts";
import { Fenced } from "../providers/fenced.ts";
import { StoreError } from "../store/error.ts";
import type { Change } from "../store/store.ts";
import { askPrice } from "./ask-price.ts";
import type { AskedPrice } from "./ask-price.ts";
import type { EnsureShared } from "./ensure-shared.ts";
import { guardedWrite } from "./guarded-write.ts";
import type { Hold } from "./leases.ts";
import type { Account, Ports } from "./ports.ts";

type Act = Extract<Decision, { kind: "create" | "mark" | "start" | "stop" | "delete" }>;

/**
 * Makes the calls of one decision and writes what came of it. What the cloud did is a fact: these writes are guarded by
 * the lease alone, and merged into whatever the row says by then.
 */
export async function perform(
  ports: Ports,
  { token, hold, ensureShared }: { token: string; hold: Hold; ensureShared: EnsureShared },
  account: Account,
  row: Instance,
  act: Act,
  observed: Observed,
): Promise<Instance> {
  const { store, clock, log } = ports;
  const { provider } = account;
  const fence = () => {
    try {
      hold.expectHeld();
    } catch (error) {
      throw new Fenced(error);
    }
  };
  const write = (change: (row: Instance) => Change) => store.update(row.id, { token }, change);

  let price: AskedPrice | undefined;
  try {
    switch (act.kind) {
      case "create": {
        // 1. The intent first: from here on a machine may exist, and whoever comes next looks for it.
        const intent = await guardedWrite(ports, token, row, (current) => ({
          row: {
            ...current,
            phase: "provisioning",
            launch: attempt(current, clock.now()),
            actedAt: clock.now(),
          },
          events: current.phase === "provisioning" ? [] : [{ at: clock.now(), kind: "phase" }],
        }));
        if (intent.moved) return intent.row;
        const asked = askPrice(ports, provider, intent.row);
        price = asked;
        const shared = await ensureShared(account, intent.row, fence);
        await provider.create({
          marks: { owner: await store.owner(), instanceId: row.id, expiresAt: row.expiresAt },
          name: intent.row.spec.machineName ?? row.name,
          spec: intent.row.spec,
          footprint: intent.row.footprint,
          attempt: intent.row.launch?.series,
          onExpiry: row.onExpiry,
          latestExpiresAt: row.maxExpiresAt,
          shared,
          found: act.found,
          fence,
          // 2. Each id at once, before the next call needs it or a crash forgets it.
          made: async (part) => {
            await write((current) => {
              const next = { ...current, footprint: mergeFootprint(current.footprint, part) };
              return { row: volumesMade(asked.into(next), clock.now()) };
            });
          },
        });
        break;
      }
      case "mark":
        await provider.mark?.(
          { id: act.machine.id, zone: act.machine.zone },
          { owner: await store.owner(), instanceId: row.id, expiresAt: row.expiresAt },
        );
        break;
      case "start":
        await provider.start({ id: act.machine.id, zone: act.machine.zone });
        break;
      case "stop":
        await provider.stop({ id: act.machine.id, zone: act.machine.zone });
        break;
      case "delete":
        await provider.delete({ instanceId: row.id, footprint: row.footprint, observed });
        break;
      default:
        return act satisfies never;
    }
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (error instanceof Fenced) throw error.cause;
    const failure = asProviderError(error, `${act.kind} ${row.id}`);
    if (!(error instanceof ProviderError))
      log.error({ instance: row.id, err: error }, "a provider threw what it should not");
    log.warn(
      { instance: row.id, code: failure.code, step: act.kind, failures: row.failures + 1 },
      failure.message,
    );
    const fraction = ports.random.fraction();
    return write((current) => {
      const change = failed(current, act, failure, clock.now(), fraction);
      return { ...change, row: costing(change.row) };
    });
  }
  const what = act.kind === "create" ? undefined : askedBy(act, observed);
  const written = await write((current) => ({
    row: succeeded(costing(current), act, what, clock.now()),
  }));
  if (written.cost && !written.cost.price) price?.writeLater();
  return written;

  // What the look showed that led to this act, and what an hour of it costs.
  function costing(current: Instance): Instance {
    const { machine } = observed;
    const priced = price?.into(current) ?? current;
    return machine ? seen(priced, ownMachine(priced, observed), machine.at) : priced;
  }
}

function attempt({ launch }: Instance, now: number): NonNullable<Instance["launch"]> {
  const attempts = (launch?.attempts ?? 0) + 1;
  const series = launch?.uncertain ? (launch.series ?? launch.attempts) : attempts;
  return { attempts, series, attemptedAt: now, uncertain: true };
}

function succeeded(row: Instance, act: Act, what: string | undefined, now: number): Instance {
  const launch =
    act.kind === "create" && row.launch
      ? { ...row.launch, uncertain: false, endedAt: now, confirmedAt: now }
      : row.launch;
  return {
    ...turned(row, act, now),
    launch,
    actedAt: now,
    asked: what === undefined ? undefined : { what, at: now },
    failures: 0,
    retryAt: undefined,
    lastError: undefined,
    troubleSince: undefined,
  };
}

function turned(row: Instance, act: Act, now: number): Instance {
  switch (act.kind) {
    case "create":
    case "start":
      return poweredOn(row, now);
    case "stop":
    case "delete":
      return goingDown(row, now);
    case "mark":
      return row;
    default:
      return act satisfies never;
  }
}

function failed(row: Instance, act: Act, error: ProviderError, now: number, fraction: number): Change {
  const limited = error.code === "rate_limited";
  const failures = limited ? row.failures : row.failures + 1;
  const pauseMs = limited ? (error.retryAfterMs ?? 1_000 + 2_000 * fraction) : backoffMs(failures, fraction);
  // Something that is busy for a moment is no trouble yet.
  const troubled = error.code !== "conflict" || failures >= 3;
  const next: Instance = {
    ...row,
    actedAt: now,
    asked: undefined,
    failures,
    retryAt: now + pauseMs,
    lastError: { code: error.code, message: error.message, at: now },
    troubleSince: troubled ? (row.troubleSince ?? now) : row.troubleSince,
  };
  // It may have happened: the gap counts from the end of the attempt. Every other code says that nothing came of the last call.
  if (act.kind === "create" && next.launch)
    next.launch = { ...next.launch, endedAt: now, uncertain: error.code === "unavailable" };
  const givenUp = act.kind === "create" && error.code === "invalid_input" && row.desired !== "gone";
  if (!givenUp)
    return {
      row: next,
      events:
        troubled && row.troubleSince === undefined
          ? [{ at: now, kind: "trouble", reason: error.message }]
          : [],
    };
  const reason = `could not be created: ${error.message}`;
  return {
    row: { ...next, desired: "gone", phase: "deleting", reason, retryAt: undefined },
    events: [{ at: now, kind: "gave-up", reason }],
  };
}

const asProviderError = (error: unknown, what: string): ProviderError =>
  error instanceof ProviderError
    ? error
    : new ProviderError("unavailable", `${what}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
