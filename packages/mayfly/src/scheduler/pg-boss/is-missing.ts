// https://www.postgresql.org/docs/current/errcodes-appendix.html: no such table, schema, function or type.
const MISSING = new Set(["42P01", "3F000", "42883", "42704"]);

/** Whether it failed since somebody removed the tables of the jobs. */
export const isMissing = (error: unknown): boolean =>
  typeof error === "object" &&
  error !== null &&
  (("code" in error && MISSING.has(String(error.code))) ||
    // pg-boss asks for a queue before it uses one, and says this itself.
    ("message" in error && /^Queue \S+ does not exist/.test(String(error.message))));
