import { limits } from "./api/limits.ts";
import type { ProblemItem } from "./api/problem.ts";
import { RequestProblem } from "./api/problem.ts";
import type { RedisAddress } from "./api/redis-address.ts";
import { readSwimOrder } from "./api/swim-order.ts";
import type { SwimOrder } from "./api/swim-order.ts";
import { swimTags } from "./api/swim-tags.ts";
import { UserError } from "./api/user-error.ts";
import { readConfined } from "./client/read-confined.ts";
import { systemClock } from "./clock.ts";
import { accountFor } from "./controllers/account-for.ts";
import { checked } from "./controllers/checked.ts";
import type { Account } from "./controllers/ports.ts";
import { createTrustedTime } from "./controllers/trusted-time.ts";
import { swimKeys } from "./ingress/swim-keys.ts";
import { connectAccounts } from "./accounts/connect-accounts.ts";

/** What would become of an order. */
export interface DryOrder {
  /** Absent when the order could not be read. */
  name?: string;
  machine?: {
    type: string;
    image: string;
    zone: string;
    securityGroup: string;
    ttlMinutes: number;
    userDataBytes: number;
    tags: string[];
    /** Of the machine alone. */
    cost: string;
  };
  problems: readonly ProblemItem[];
}

const MOST_ORDERS = 1_000;
const MICROS = 1_000_000;
/** The words of an order for what a spec has. */
const FIELDS: Readonly<Record<string, string>> = {
  type: "ServerType",
  image: "ImageID",
  securityGroup: "SecurityGroupName",
  userData: "CloudInitFile",
  zone: "SCW_DEFAULT_ZONE",
};

/** Judges orders as the service would and as the cloud answers now, all faults at once. Nothing is made, nothing written. */
export async function judgeOrders(
  payloads: readonly string[],
  options: { home: string; env: NodeJS.ProcessEnv; cloudInitFolder: string; account?: string },
): Promise<DryOrder[]> {
  const { home, env, cloudInitFolder } = options;
  const nothing = () => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const time = createTrustedTime(systemClock, nothing);
  const { signal } = new AbortController();
  const accounts = await connectAccounts({ home, env, clock: systemClock, time, log, signal });
  const known = new Map(accounts.map((each): [string, Account] => [each.name, each]));
  const orders: DryOrder[] = [];
  try {
    const account = accountFor({ accounts: known }, options.account);
    for (const payload of payloads) orders.push(await judge(payload, account, cloudInitFolder));
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    throw new UserError(error.message, { problems: error.problems });
  }
  return orders;
}

/** What lies in the queue, which stays there. */
export async function waitingOrders(address: RedisAddress, prefix: string | undefined): Promise<string[]> {
  const { connectRedis } = await import("./redis/client.ts");
  const redis = connectRedis(address, systemClock);
  try {
    const waiting = await redis.list(swimKeys("", prefix).provision, MOST_ORDERS);
    return waiting.map((each) => Buffer.from(each).toString("utf8"));
  } finally {
    await redis.close();
  }
}

async function judge(payload: string, account: Account, folder: string): Promise<DryOrder> {
  const order = readSwimOrder(payload);
  if (Array.isArray(order)) return { problems: order };
  const name = order.serverName;
  const { provider, defaultZone: zone } = account;
  const userData = userDataOf(order, folder);
  const spec = {
    version: 1 as const,
    zone,
    type: order.serverType,
    image: order.image,
    securityGroup: order.securityGroup,
    userData: typeof userData === "string" ? userData : undefined,
    ipv4: false,
    ipv6: true,
    tags: swimTags(order),
    ready: "cloud" as const,
  };
  const found = await checked(() => provider.validate?.(spec) ?? Promise.resolve([]));
  const problems = found.map((each) => ({ ...each, path: FIELDS[each.path] ?? each.path }));
  if (typeof userData !== "string") problems.push(userData);
  if (problems.length > 0) return { name, problems };
  const types = await checked(() => provider.catalog?.types(zone) ?? Promise.resolve([]));
  const price = types.find((type) => type.name === order.serverType)?.priceMicrosPerHour;
  const machine = {
    type: order.serverType,
    image: order.image,
    zone,
    securityGroup: order.securityGroup,
    ttlMinutes: order.ttlMinutes,
    userDataBytes: Buffer.byteLength(userData as string),
    tags: spec.tags,
    cost: price === undefined ? "unknown" : `${((price * order.ttlMinutes) / 60 / MICROS).toFixed(4)} EUR`,
  };
  return { name, machine, problems };
}

function userDataOf({ cloudInit }: SwimOrder, folder: string): string | ProblemItem {
  if ("content" in cloudInit) return cloudInit.content;
  return readConfined(folder, cloudInit.file, { path: "CloudInitFile", mostBytes: limits.userDataBytes });
}
