import { createHash, timingSafeEqual } from "node:crypto";
import { HttpProblem } from "./http-problem.ts";
import { problemResponse } from "./problem-response.ts";

type Handler = (request: Request) => Promise<Response>;

/** The same, for those who know the token: on a port everybody on the machine can knock, not only this user. */
export function withToken(handler: Handler, token: string): Handler {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return async (request) => {
    if (timingSafeEqual(digest(request.headers.get("authorization") ?? ""), expected))
      return handler(request);
    const message =
      "this port asks for the token that lies in the service's home: Authorization: Bearer TOKEN";
    return problemResponse(new HttpProblem(401, message, { "WWW-Authenticate": "Bearer" }))!;
  };
}
