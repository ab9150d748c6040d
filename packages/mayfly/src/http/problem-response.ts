import { RequestProblem } from "../api/problem.ts";
import type { ProblemCode, ProblemDocument, ProblemItem } from "../api/problem.ts";
import { StoreError } from "../store/error.ts";
import { HttpProblem } from "./http-problem.ts";

const byCode: Record<ProblemCode, { status: number; title: string }> = {
  invalid: { status: 400, title: "The request is not valid" },
  unauthorized: { status: 403, title: "The account's credentials do not allow this" },
  not_found: { status: 404, title: "Not found" },
  refused: { status: 409, title: "Refused" },
  // https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header#section-2.7
  key_reused: { status: 422, title: "The idempotency key belongs to another request" },
  unavailable: { status: 503, title: "Not possible right now" },
  internal: { status: 500, title: "Internal error" },
};

const byStatus: Record<HttpProblem["status"], { code: string; title: string }> = {
  401: { code: "unauthenticated", title: "Who asks is not known" },
  403: { code: "forbidden", title: "Not allowed from there" },
  404: { code: "not_found", title: "Not found" },
  405: { code: "method_not_allowed", title: "Method not allowed" },
  413: { code: "too_large", title: "The body is too large" },
  415: { code: "unsupported_media_type", title: "Not JSON" },
  503: { code: "unavailable", title: "Not possible right now" },
};

/** The answer to a request that failed; undefined when the error is none that a caller may read. */
export function problemResponse(error: unknown): Response | undefined {
  if (error instanceof HttpProblem) {
    const { code, title } = byStatus[error.status];
    return respond({ code, title, status: error.status, detail: error.message }, error.headers);
  }
  if (error instanceof StoreError && error.code === "unavailable") {
    const detail = `${error.message}; nothing was done: look to the disk of the service's home, and to who else has mayfly.db open, and ask again`;
    return respond({ code: "unavailable", ...byCode.unavailable, detail });
  }
  if (!(error instanceof RequestProblem) || error.code === "internal") return undefined;
  return respond({
    code: error.code,
    ...byCode[error.code],
    detail: error.message,
    problems: error.problems,
  });
}

/** The answer to a failure of ours: it says where to look, and nothing else. */
export function internalError(requestId: string): Response {
  const detail = `something failed inside the service; its log tells more under request ${requestId}`;
  return respond({ code: "internal", ...byCode.internal, detail });
}

function respond(
  problem: { code: string; title: string; status: number; detail: string; problems?: ProblemItem[] },
  headers: Record<string, string> = {},
): Response {
  const { code, title, status, detail, problems = [] } = problem;
  const document: ProblemDocument = { type: `/problems/${code}`, title, status, detail };
  if (problems.length > 0) document.problems = problems;
  return new Response(JSON.stringify(document), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}
