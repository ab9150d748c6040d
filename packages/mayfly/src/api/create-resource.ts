import { z } from "zod";
import { firewallRuleSchema } from "./firewall-rule-schema.ts";
import { ipv4CidrSchema } from "./cidr-schema.ts";
import { limits } from "./limits.ts";
import { nameSchema } from "./name-schema.ts";
import { publicKeySchema } from "./public-key-schema.ts";
import type { ResourceKind } from "./resource-kind.ts";
import { printable } from "./printable.ts";
import { wordSchema } from "./word-schema.ts";

/** A Scaleway security group takes more; nobody reads as many. */
const MOST_RULES = 100;

const where = {
  name: nameSchema,
  /** @default the only account */
  account: wordSchema("account").optional(),
  /** @default the account's default zone */
  zone: wordSchema("zone").optional(),
};

/** What comes in to ask for a thing by its name: found, or made. By command line and HTTP. */
export const createResourceSchemas = {
  network: z.strictObject({
    ...where,
    /** @default what the cloud chooses */
    subnet: ipv4CidrSchema.optional(),
    /** By id or name. @default the project's default */
    vpc: z
      .string()
      .min(1, "is empty")
      .max(128, "is longer than 128 characters")
      .refine((text) => printable(text) === text, "has characters that cannot be seen")
      .optional(),
  }),
  firewall: z.strictObject({
    ...where,
    /** @default SSH from everywhere */
    rules: z
      .array(firewallRuleSchema)
      .max(MOST_RULES, `at most ${MOST_RULES} rules`)
      .transform((rules) => rules.flat())
      .optional(),
  }),
  volume: z.strictObject({
    ...where,
    sizeGb: z
      .int("is not a whole number of GB")
      .min(1, "a volume has at least 1 GB")
      .max(limits.volumeGb, `a volume has at most ${limits.volumeGb} GB`),
    /** @default 5000 */
    iops: z.literal([5_000, 15_000]).optional(),
  }),
  /** A key is everywhere. */
  key: z.strictObject({ name: where.name, account: where.account, publicKey: publicKeySchema }),
} satisfies Record<ResourceKind, z.ZodObject>;

export type CreateResourceInput = { [K in ResourceKind]: z.input<(typeof createResourceSchemas)[K]> };
export type CreateResource = { [K in ResourceKind]: z.output<(typeof createResourceSchemas)[K]> };
export type FirewallRuleInput = z.input<typeof firewallRuleSchema>;
