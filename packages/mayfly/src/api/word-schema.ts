import { z } from "zod";

/** A name that somebody else gave to a zone, a type, an account: letters, digits and few signs. */
export const wordSchema = (what: string) =>
  z
    .string()
    .min(1, `${what} is empty`)
    .max(128)
    .regex(/^[\w.:-]+$/, `${what} has characters that no ${what} has`);
