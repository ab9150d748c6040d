import { shellWord } from "../api/shell-word.ts";
import { UserError } from "../api/user-error.ts";

/**
 * Throws when somebody else could put files into the home, a socket or a database of theirs for example, or have them
 * there already: who asks a service there would tell that person everything. A home that is not there yet is fine.
 */
export function assertOwnHome(home: string): void {
  // Every command comes by here: an ES import of node:fs would cost 5 ms.
  const { statSync } = process.getBuiltinModule("node:fs");
  const found = statSync(home, { throwIfNoEntry: false });
  // Windows knows neither users by number nor modes.
  const user = process.getuid?.();
  if (found === undefined || user === undefined) return;
  if (!found.isDirectory()) throw refusal(home, "is not a folder", "name another one");
  if (found.uid !== user)
    throw refusal(home, "belongs to another user", "name a folder of your own, inside it for example");
  if ((found.mode & 0o022) !== 0)
    throw refusal(home, "can be written to by others", `chmod go-w ${shellWord(home)}, or name another one`);
}

const refusal = (home: string, why: string, instead: string): UserError =>
  new UserError(`the home ${home} ${why}`, {
    exitCode: 4,
    suggestion: `${instead} with MAYFLY_HOME or --home`,
  });
