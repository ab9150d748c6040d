/** What a process that a test starts has of this one's environment: where programs are, and where compiled code is kept. */
export function whatChildrenInherit(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}
