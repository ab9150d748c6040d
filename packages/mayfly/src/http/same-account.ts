import { RequestProblem } from "../api/problem.ts";
import type { ApiOptions } from "./api-options.ts";

/**
 * Refuses a client that means other credentials than those the service holds: `Mayfly-Account: <name>=<fingerprint>`.
 * The name `*` stands for any account: credentials from an environment have no name there.
 */
export async function sameAccount(request: Request, options: ApiOptions): Promise<void> {
  const header = request.headers.get("mayfly-account");
  if (header === null) return;
  const at = header.lastIndexOf("=");
  const name = header.slice(0, Math.max(at, 0)).trim();
  const theirs = header.slice(at + 1).trim();
  if (name === "" || theirs === "") {
    const message = "is not of the form <account>=<fingerprint>";
    throw new RequestProblem("invalid", `Mayfly-Account ${message}`, [{ path: "Mayfly-Account", message }]);
  }
  const held = await fingerprintsOf(options);
  if (name === "*" ? Object.values(held).includes(theirs) : held[name] === theirs) return;
  const reason = reasonFor(name, held);
  throw new RequestProblem("refused", `${reason}: it keeps those that it started with`, [
    {
      path: "Mayfly-Account",
      message: reason,
      suggestion: "stop it with mayfly service stop; the next create starts one with yours",
    },
  ]);
}

function reasonFor(name: string, held: Readonly<Record<string, string>>): string {
  if (name === "*") return "the running service does not hold the credentials of your environment";
  if (!Object.hasOwn(held, name)) return `the running service has no account "${name}"`;
  return `the running service holds other credentials for account "${name}" than you do`;
}

async function fingerprintsOf(options: ApiOptions): Promise<Readonly<Record<string, string>>> {
  if (options.serviceFingerprints) return options.serviceFingerprints();
  const { accounts } = await options.commands.doctor();
  return Object.fromEntries(accounts.map(({ name, fingerprint }) => [name, fingerprint]));
}
