import { ScalewayCallError } from "./call-error.ts";
import { carriesUserData } from "./carries-user-data.ts";
import { operation } from "./operation.ts";
import { redact } from "./redact.ts";
import { Withheld } from "./withheld.ts";

/** A call without an answer that can be used. What it was made of is not kept: a fetch may hang its request on its errors. */
export function lostCall(
  request: Request,
  error: unknown,
  secrets: readonly string[],
): ScalewayCallError | Withheld {
  if (error instanceof ScalewayCallError || error instanceof Withheld) return error;
  const said = carriesUserData(request) ? codes(error) : messages(error);
  return new ScalewayCallError({
    kind: "unavailable",
    operation: operation(request),
    explanation: redact(said.join(": "), secrets) || "no answer",
  });
}

function messages(error: unknown): string[] {
  return chain(error).flatMap(({ message }) =>
    typeof message === "string" && message !== "" ? [message] : [],
  );
}

function codes(error: unknown): string[] {
  return chain(error).flatMap(({ code }) => (typeof code === "string" ? [code] : []));
}

function chain(error: unknown): { message?: unknown; code?: unknown; cause?: unknown }[] {
  const links: { message?: unknown; code?: unknown; cause?: unknown }[] = [];
  for (let link = error; typeof link === "object" && link !== null && links.length < 4;) {
    links.push(link);
    link = "cause" in link ? link.cause : undefined;
  }
  return links;
}
