import { Hono } from "hono";
import type { ApiOptions } from "./api-options.ts";
import { HttpProblem } from "./http-problem.ts";
import { localOnly } from "./local-only.ts";
import { internalError, problemResponse } from "./problem-response.ts";
import { routes } from "./routes.ts";
import { sameAccount } from "./same-account.ts";

/** The service's HTTP API as one function; `listen` puts it on a socket. */
export function createApi(options: ApiOptions): (request: Request) => Promise<Response> {
  const app = new Hono();
  let failures = 0;

  app.use(async (context, next) => {
    localOnly(context.req.raw);
    await sameAccount(context.req.raw, options);
    await next();
  });

  const methods = new Map<string, string[]>();
  for (const { method, path, handle } of routes.map((route) => route(options))) {
    methods.set(path, [...(methods.get(path) ?? []), method]);
    app.on(method, path, (context) =>
      handle({ request: context.req.raw, param: (name) => context.req.param(name) ?? "" }),
    );
  }
  for (const [path, allowed] of methods)
    app.all(path, ({ req }) => {
      const allow = allowed.join(", ");
      throw new HttpProblem(405, `${req.method} is not possible on ${req.path}: use ${allow}`, {
        Allow: allow,
      });
    });

  app.notFound(({ req }) => {
    throw new HttpProblem(404, `there is nothing at ${req.path}: the API begins at /v1/instances`);
  });

  app.onError((error, { req }) => {
    const answer = problemResponse(error);
    if (answer) return answer;
    const requestId = `${options.clock.now().toString(36)}-${++failures}`;
    options.log.error({ requestId, method: req.method, path: req.path, err: error }, "request failed");
    return internalError(requestId);
  });

  return async (request) => {
    const answer = await app.fetch(request);
    answer.headers.set("Cache-Control", "no-store");
    answer.headers.set("X-Content-Type-Options", "nosniff");
    return answer;
  };
}
