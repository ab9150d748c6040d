import type { ProblemItem } from "./problem.ts";

/** Where a Redis is, and as whom to speak to it. */
export interface RedisAddress {
  host: string;
  port: number;
  tls: boolean;
  username?: string;
  password?: string;
  database: number;
}

const DEFAULT_PORT = 6379;
const MOST_DATABASE = 1_000_000;

/**
 * `HOST:PORT`, `redis://[user[:password]@]host[:port][/database]` or the same with `rediss://`, which is TLS.
 * @param password for an address that holds none
 */
export function readRedisAddress(text: string, password?: string): RedisAddress | ProblemItem {
  // What is wrong is not repeated: a password may stand in it.
  const wrong = (message: string): ProblemItem => ({
    path: "--redis",
    message,
    suggestion: "write it like localhost:6379, redis://localhost:6379/0 or rediss://user@host:6380",
  });
  const url = /^[a-z][a-z0-9+.-]*:[/][/]/i.test(text) ? text : `redis://${text}`;
  if (text.trim() !== text || text === "" || !URL.canParse(url)) return wrong("is not an address");
  const { protocol, hostname, port, username, password: own, pathname, search, hash } = new URL(url);
  if (protocol !== "redis:" && protocol !== "rediss:")
    return wrong(`${protocol}// is not redis:// or rediss://`);
  if (hostname === "") return wrong("names no host");
  if (search !== "" || hash !== "") return wrong("has something behind the database's number");
  const database = pathname === "" || pathname === "/" ? "0" : pathname.slice(1);
  if (!/^\d{1,7}$/.test(database) || Number(database) > MOST_DATABASE)
    return wrong("its database is not a number");
  const secret = decode(own) || password || undefined;
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? DEFAULT_PORT : Number(port),
    tls: protocol === "rediss:",
    ...(username !== "" && { username: decode(username) }),
    ...(secret !== undefined && { password: secret }),
    database: Number(database),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
