import { z } from "zod";

const instant = z.iso
  .datetime({ offset: true, message: "not an ISO 8601 instant such as 2026-01-31T18:00:00Z" })
  .transform((text) => Date.parse(text));

/** The new deadline is absolute, so that a repeat cannot extend twice. */
export const extendInstanceSchema = z.strictObject({
  expiresAt: instant,
  /** The deadline that the client computed from: refused when it has moved since, unless it already is `expiresAt`. */
  ifExpiresAt: instant.optional(),
});

export type ExtendInstanceInput = z.input<typeof extendInstanceSchema>;
export type ExtendInstance = z.output<typeof extendInstanceSchema>;
