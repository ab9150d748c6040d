import { z } from "zod";
import { limits } from "./limits.ts";
import { wordSchema } from "./word-schema.ts";

const where = {
  /** @default the only account */
  account: wordSchema("account").optional(),
  /** @default the account's default zone */
  zone: wordSchema("zone").optional(),
};

/** What comes in to change a volume that is there. By command line and HTTP. */
export const changeVolumeSchemas = {
  resize: z.strictObject({
    ...where,
    sizeGb: z
      .int("is not a whole number of GB")
      .min(1, "a volume has at least 1 GB")
      .max(limits.volumeGb, `a volume has at most ${limits.volumeGb} GB`),
  }),
  /** Account and zone are those of the instance. */
  attach: z.strictObject({
    instance: z.string().min(1, "is empty").max(128, "is longer than any id or name"),
  }),
  detach: z.strictObject(where),
};

export type ChangeVolume = {
  [K in keyof typeof changeVolumeSchemas]: z.output<(typeof changeVolumeSchemas)[K]>;
};
