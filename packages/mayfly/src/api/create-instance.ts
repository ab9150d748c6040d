import { z } from "zod";
import { parseDuration } from "../lifecycle/duration.ts";
import { limits } from "./limits.ts";
import { nameSchema } from "./name-schema.ts";
import { printable } from "./printable.ts";
import { publicKeySchema } from "./public-key-schema.ts";
import { wordSchema } from "./word-schema.ts";

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

/** Somebody's own words: any that can be seen. */
const visible = (what: string, most: number) =>
  z
    .string()
    .min(1, `${what} is empty`)
    .max(most, `a ${what} has at most ${most} characters`)
    .refine((text) => printable(text) === text, `a ${what} has characters that cannot be seen`);

const fields = z.strictObject({
  name: nameSchema.optional(),
  /** What the machine is called in the cloud, in any words; several may share one. @default the instance's name */
  machineName: visible("machine name", limits.machineNameLength).optional(),
  /** @default the only account, or the configuration's default */
  account: wordSchema("account").optional(),
  /** The only account at this kind of cloud. */
  provider: wordSchema("provider").optional(),
  /** @default the account's default zone */
  zone: wordSchema("zone").optional(),
  /** @default the cloud's own small one */
  type: wordSchema("type").optional(),
  image: wordSchema("image").optional(),
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
  /** What makes it `running`: the cloud says so, an SSH server answers, or cloud-init has ended without errors. */
  ready: z.enum(["cloud", "ssh", "cloud-init"]).default("cloud"),
  /**
   * Where the cloud allows it, the machine ends itself a while after its deadline, even if Mayfly is down for good. What runs in
   * the guest for it is joined to its user data.
   */
  failsafe: z.boolean().default(true),
  /** How long provisioning may take before it is given up. @default 10m */
  provisionTimeout: lifetimeSchema.default(600_000),
  ipv4: z.boolean().default(true),
  ipv6: z.boolean().default(false),
  rootVolumeGb: z.int().min(1).max(limits.rootVolumeGb).optional(),
  securityGroup: visible("security group", 128).optional(),
  /** A private network by its name: found, or made for as long as an instance wants it. */
  network: nameSchema.optional(),
  /** A firewall by its name: found, or made for as long as an instance wants it. */
  firewall: nameSchema.optional(),
  /** With a size: made for this instance, and deleted with it. Without: found by its name, attached, and kept. */
  volumes: z
    .array(z.strictObject({ name: nameSchema, sizeGb: z.int().min(1).max(limits.volumeGb).optional() }))
    .max(limits.volumes, `at most ${limits.volumes} volumes`)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two volumes have one name")
    .default([]),
  /** Public keys that its machine lets in. */
  sshKeys: z.array(publicKeySchema).max(limits.sshKeys, `at most ${limits.sshKeys} keys`).default([]),
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
export const createInstanceSchema = fields
  .refine(({ lifetime, maxLifetime }) => maxLifetime === undefined || maxLifetime >= lifetime, {
    path: ["maxLifetime"],
    message: "maxLifetime is shorter than lifetime",
    params: { suggestion: "leave it out, or make it longer" },
  })
  .refine(({ firewall, securityGroup }) => firewall === undefined || securityGroup === undefined, {
    path: ["securityGroup"],
    message: "a machine is behind one firewall: it is given as firewall or as securityGroup",
    params: { suggestion: "leave one out" },
  });

export type CreateInstanceInput = z.input<typeof createInstanceSchema>;
export type CreateInstance = z.output<typeof createInstanceSchema>;
