import { join } from "node:path";
import { UserError } from "../api/user-error.ts";
import type { Clock } from "../clock.ts";
import { accountFingerprint } from "../client/account-fingerprint.ts";
import { readConfig } from "../config.ts";
import type { Account, Log } from "../controllers/ports.ts";
import type { TrustedTime } from "../controllers/trusted-time.ts";
import { probeFor } from "../probe/probe-for.ts";
import type { Probe } from "../probe/probe.ts";
import { createReach } from "../providers/reach.ts";
import type { Reach } from "../providers/reach.ts";
import { connectAwsAccount } from "./aws-account.ts";
import type { Connect } from "./connect.ts";
import { implicitAccounts } from "./implicit-accounts.ts";
import { connectScalewayAccount } from "./scaleway-account.ts";

export interface ConnectedAccount extends Account {
  endpoint: string;
  fingerprint: string;
  calls: () => Record<string, number>;
  silence: Reach["silence"];
}

export interface ConnectAccountsOptions {
  home: string;
  env: NodeJS.ProcessEnv;
  /** Asks machines whether they serve. @default over the network, where the cloud is not emulated on this machine */
  probe?: Probe;
  clock: Clock;
  time: TrustedTime;
  log: Log;
  /** Cuts off every call to a cloud. */
  signal: AbortSignal;
}

const CLOUDS = { scaleway: connectScalewayAccount, aws: connectAwsAccount } satisfies Record<string, Connect>;

/** Every account of the configuration, else those that the environment means. All that is missing is told at once. */
export async function connectAccounts(options: ConnectAccountsOptions): Promise<ConnectedAccount[]> {
  const { home, env, signal, clock, time, probe } = options;
  const read = readConfig(join(home, "config.json"));
  if ("problems" in read)
    throw new UserError("the configuration cannot be read", { exitCode: 2, problems: read.problems });
  const { accounts } = read.config;
  const configured = Object.keys(accounts).length > 0 ? accounts : implicitAccounts(env);
  const problems: { path: string; message: string }[] = [];
  const connected: ConnectedAccount[] = [];
  for (const [name, settings] of Object.entries(configured)) {
    const reach = createReach(
      (request) => fetch(request, { signal: AbortSignal.any([request.signal, signal]) }),
      clock,
    );
    const found = await CLOUDS[settings.provider]({
      settings,
      env,
      clock,
      fetch: reach.fetch,
      heard: time.heard,
    });
    if ("problems" in found) {
      problems.push(...found.problems.map((message) => ({ path: `account ${name}`, message })));
      continue;
    }
    const { provider, limiter, defaultZone, identity } = found;
    const { visibilityGapMs = provider.visibilityGapMs } = settings;
    connected.push({
      name,
      provider: { ...provider, visibilityGapMs },
      probe: probe ?? probeFor(identity.endpoint, clock),
      defaultZone,
      // Another installation's id was asked for: its zones are in rows that are lost.
      sweepAllZones: Boolean(env.MAYFLY_OWNER),
      endpoint: identity.endpoint,
      fingerprint: await accountFingerprint(identity),
      limiter,
      calls: limiter.counts,
      silence: reach.silence,
    });
  }
  if (problems.length > 0)
    throw new UserError("there are no complete credentials for a cloud", {
      exitCode: 2,
      problems,
      suggestion:
        "set what is missing in the environment, in .env or with `scw init`; to try Mayfly without an account, `npm start` in a clone",
    });
  return connected;
}
