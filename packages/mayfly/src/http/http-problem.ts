/** A refusal that only HTTP knows: it never reaches the commands. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: 401 | 403 | 404 | 405 | 413 | 415 | 503;
  readonly headers: Record<string, string>;

  constructor(status: HttpProblem["status"], message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
