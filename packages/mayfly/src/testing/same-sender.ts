/** Another call by who made this one. */
export function sameSender(request: Request, parameters: Record<string, string>): Request {
  const { "content-length": _length, ...headers } = Object.fromEntries(request.headers);
  const body = new URLSearchParams({ Version: "2016-11-15", ...parameters }).toString();
  return new Request(request.url, { method: "POST", headers, body });
}
