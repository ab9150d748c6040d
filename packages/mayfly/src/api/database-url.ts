import type { ProblemItem } from "./problem.ts";

/**
 * `postgres://[user[:password]@]host[:port]/database`, as every client of PostgreSQL takes it. What is wrong with it comes
 * back without its text: a password may stand in it.
 */
export function readDatabaseUrl(text: string, path: string): { url: string } | ProblemItem {
  const wrong = (message: string): ProblemItem => ({
    path,
    message,
    suggestion: "write it like postgres://mayfly@db.example:5432/mayfly; a password can come from PGPASSWORD",
  });
  if (text.trim() !== text || !URL.canParse(text)) return wrong("is not the address of a database");
  const { protocol, hostname, pathname, searchParams } = new URL(text);
  if (protocol !== "postgres:" && protocol !== "postgresql:")
    return wrong(`${protocol}// is not postgres://: the rows lie in PostgreSQL, or in SQLite without it`);
  if (hostname === "" && !searchParams.has("host")) return wrong("names no host");
  if (!/^\/[^/]+$/.test(pathname)) return wrong("names no database");
  return { url: text };
}
