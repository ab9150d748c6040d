import { UserError } from "../api/user-error.ts";

/** A whole number given as an option; undefined when it was not given. */
export function wholeNumber(
  given: { text(name: string): string | undefined },
  name: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const message = `"${text}" is not a whole number from ${least} to ${most}`;
  throw new UserError("usage", { exitCode: 2, problems: [{ path: `--${name}`, message }] });
}
