const STATES = new Set(["state", "status", "state_detail"]);
const DEEPEST = 6;

/** Where in their life cycles the things in an answer are: its status code and all states in it, sorted. */
export function moment(status: number, body: unknown): string[] {
  const states: string[] = [];
  gather(body, "", 0);
  return [`${status}`, ...states.sort()];

  function gather(value: unknown, path: string, depth: number): void {
    if (typeof value !== "object" || value === null || depth >= DEEPEST) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = path + key;
      if (STATES.has(key) && typeof inner === "string") states.push(`${at}=${inner}`);
      else if (key === "references" && Array.isArray(inner))
        states.push(`${at}=${inner.map((one: { status?: string } | null) => one?.status).join("+")}`);
      else if (key === "public_ips" && Array.isArray(inner)) states.push(`${at}=${inner.length}`);
      else if (at === "server.location") states.push(`${at}=${inner ? "known" : "unknown"}`);
      else gather(inner, `${at}.`, depth + 1);
    }
  }
}
