/** Whether a request or its answer holds user data, so that nothing said about it may be repeated. */
export function carriesUserData(request: Request): boolean {
  return /\/user[_-]data(\/|$)/.test(new URL(request.url).pathname);
}
