import { z } from "zod";
import { parseDuration } from "../lifecycle/duration.ts";
import { limits } from "./limits.ts";
import { printable } from "./printable.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** A duration as people write it (`90s`, `30m`, `2h`, `1d`); milliseconds after parsing. */
const durationSchema = z
  .string()
  .max(64, "is not a duration")
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue({
      code: "custom",
      message: `"${text}" is not a duration`,
      params: { suggestion: "write it like 90s, 30m, 2h or 1d" },
    });
    return z.NEVER;
  });

const lifetimeSchema = durationSchema.refine(
  (ms) => ms >= limits.minLifetimeMs && ms <= limits.maxLifetimeMs,
  {
    message: "a lifetime is between 10s and 366d",
  },
);

const name = z
  .string()
  .max(limits.nameLength, `a name has at most ${limits.nameLength} characters`)
  .regex(
    /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/,
    "a name is made of letters, digits, - and . and begins and ends with a letter or digit",
  )
  .refine((text) => !/^(mf|i)-/i.test(text), "a name may not begin with mf- or i-, which stand for ids")
  .refine(
    (text) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
    "a name may not look like a cloud's machine id",
  );

const word = (what: string) =>
  z
    .string()
    .min(1, `${what} is empty`)
    .max(128)
    .regex(/^[\w.:-]+$/, `${what} has characters that no ${what} has`);

/** Somebody's own words: any that can be seen. */
const visible = (what: string, most: number) =>
  z
    .string()
    .min(1, `${what} is empty`)
    .max(most, `a ${what} has at most ${most} characters`)
    .refine((text) => printable(text) === text, `a ${what} has characters that cannot be seen`);

const fields = z.strictObject({
  name: name.optional(),
  /** @default the only account, or the configuration's default */
  account: word("account").optional(),
  /** @default the account's default zone */
  zone: word("zone").optional(),
  type: word("type").default("DEV1-S"),
  image: word("image").default("ubuntu_noble"),
  userData: z
    .string()
    .refine(
      (text) => bytes(text) <= limits.userDataBytes,
      `user data is larger than ${limits.userDataBytes} bytes`,
    )
    .optional(),
  /** @default 1h */
  lifetime: lifetimeSchema.default(3_600_000),
  /** How far extends may go, counted from creation. @default 7d, or the lifetime when that is longer */
  maxLifetime: lifetimeSchema.optional(),
  onExpiry: z.enum(["delete", "stop"]).default("delete"),
  /** How long a machine stopped by its deadline is kept. @default 1d */
  retain: lifetimeSchema.default(86_400_000),
  /** How long provisioning may take before it is given up. @default 10m */
  provisionTimeout: lifetimeSchema.default(600_000),
  ipv4: z.boolean().default(true),
  ipv6: z.boolean().default(false),
  rootVolumeGb: z.int().min(1).max(limits.rootVolumeGb).optional(),
  securityGroup: visible("security group", 128).optional(),
  tags: z
    .array(
      visible("tag", limits.tagLength).refine(
        (tag) => !tag.startsWith("mayfly:"),
        "tags that begin with mayfly: are ours",
      ),
    )
    .max(limits.tags, `at most ${limits.tags} tags`)
    .default([]),
});

/** What comes in to ask for an instance: by command line, HTTP or queue. */
export const createInstanceSchema = fields.refine(
  ({ lifetime, maxLifetime }) => maxLifetime === undefined || maxLifetime >= lifetime,
  {
    path: ["maxLifetime"],
    message: "maxLifetime is shorter than lifetime",
    params: { suggestion: "leave it out, or make it longer" },
  },
);

export type CreateInstanceInput = z.input<typeof createInstanceSchema>;
export type CreateInstance = z.output<typeof createInstanceSchema>;
