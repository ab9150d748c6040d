/** The folder of a user's instances: `--home`, `MAYFLY_HOME`, else where the XDG rules want state. Absolute. */
export function homeOf(env: NodeJS.ProcessEnv, given: string | undefined): string {
  const { resolve, join } = process.getBuiltinModule("node:path");
  const wanted = given ?? env["MAYFLY_HOME"];
  if (wanted) return resolve(wanted);
  const state = env["XDG_STATE_HOME"];
  if (state) return resolve(state, "mayfly");
  return join(env["HOME"] || process.getBuiltinModule("node:os").homedir(), ".local", "state", "mayfly");
}
