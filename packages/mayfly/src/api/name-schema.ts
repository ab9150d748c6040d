import { z } from "zod";
import { limits } from "./limits.ts";

/** What a person may call a thing: no id of ours or of a cloud can be meant by it. */
export const nameSchema = z
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
