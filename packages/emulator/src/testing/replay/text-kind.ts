const HEX = "[0-9a-f]";
const UUID = `${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}`;

/** Every UUID in a text. */
export const uuids: RegExp = new RegExp(UUID, "g");

const kinds = [
  ["empty", /^$/],
  ["uuid", new RegExp(`^${UUID}$`)],
  ["date in Z", /^\d{4}(?:-\d\d){2}T\d\d(?::\d\d){2}.*Z$/s],
  ["date with offset", /^\d{4}(?:-\d\d){2}T\d\d(?::\d\d){2}/],
  ["mac", /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i],
  ["ip4", /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?$/],
  ["name of an ip4", /^\d{1,3}(?:-\d{1,3}){3}\.\D/],
  ["ip6", /^[0-9a-f]*:[0-9a-f:]+(?:\/\d+)?$/i],
  ["access key", /^SCW[A-Z0-9]{17}$/],
  ["url", /^https?:/],
] as const;

export type TextKind = (typeof kinds)[number][0] | "text";

/** What a text is, by its form: two answers that cannot have the same value should have one of the same kind. */
export function textKind(text: string): TextKind {
  return kinds.find(([, form]) => form.test(text))?.[0] ?? "text";
}
