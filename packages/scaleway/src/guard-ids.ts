import { ScalewayCallError } from "./call-error.ts";

/**
 * The same API, which refuses ids that would change the path.
 *
 * The SDK puts ids into paths as they are: `a/b?c=d` would reach another resource, `..` the parent.
 */
export function guardIds<Api extends object>(api: Api): Api {
  return new Proxy(api, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== "function" || key === "constructor") return value;
      return (...args: unknown[]): unknown => {
        assertIds(String(key), args[0]);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

function assertIds(operation: string, request: unknown): void {
  if (typeof request !== "object" || request === null) return;
  for (const [name, value] of Object.entries(request)) {
    const inPath = /^(zone|region|ip|id|[a-z]\w*Id)$/.test(name) || (name === "key" && "serverId" in request);
    if (inPath && typeof value === "string" && !(SAFE.test(value) && !/^\.+$/.test(value)))
      throw new ScalewayCallError({
        kind: "invalid_input",
        operation,
        explanation: `${name} ${JSON.stringify(value.slice(0, 60))} is not an id`,
      });
  }
}

const SAFE = /^[\w.:-]+$/;
