import { z } from "zod";
import { publicKeyProblem } from "./public-key-problem.ts";

const SUGGESTION = "give the file that ends in .pub, as ssh-keygen wrote it";

/** One line of an `authorized_keys` file. */
export const publicKeySchema = z
  .string()
  .max(16_384, "is longer than a public key")
  .transform((text) => text.trim())
  .superRefine((text, context) => {
    const problem = publicKeyProblem(text);
    if (problem !== undefined)
      context.addIssue({ code: "custom", message: problem, params: { suggestion: SUGGESTION } });
  });
