import type { RecordedOperation } from "./recorded-requests.ts";

interface Sent {
  method: string;
  url: string;
  keys: string[];
}

/** In what our requests differ from those that were recorded: `OPERATION: what`. */
export function compareRequests(sent: readonly Sent[], recorded: readonly RecordedOperation[]) {
  const found = new Set<string>();
  const compared = new Set<string>();
  for (const { method, url, keys } of sent) {
    const call = `${method} ${new URL(url).pathname}`;
    const operation = recorded.find(({ matches }) => matches.test(call));
    if (operation === undefined) {
      found.add(`${nameless(call)}: never recorded`);
      continue;
    }
    const { name, bodies } = operation;
    compared.add(name);
    if (bodies.length === 0) {
      found.add(`${name}: every recorded body is lost`);
      continue;
    }
    const known = new Set(bodies.flat());
    for (const key of keys) if (!known.has(key)) found.add(`${name}: ${key} was never sent`);
    for (const key of known)
      if (!keys.includes(key) && bodies.every((each) => each.includes(key)))
        found.add(`${name}: ${key} was always sent`);
  }
  return { differences: [...found].sort(), compared };
}

const nameless = (call: string): string =>
  call
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}")
    .replace(/(zones|regions)\/[^/]+/, "$1/{place}");
