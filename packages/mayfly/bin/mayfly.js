#!/usr/bin/env node
// Plain JavaScript that Node 20 parses, so that an old Node is told what is wrong instead of failing on syntax.
const [major] = process.versions.node.split(".").map(Number);

if (major < 24) {
  process.stderr.write(
    `mayfly needs Node.js 24 or newer, this is ${process.versions.node}: install it from https://nodejs.org, ` +
      "or in a clone use npm start or npx mayfly, which bring their own\n",
  );
  process.exitCode = 2;
} else {
  const { env } = process;
  const cache = env.XDG_CACHE_HOME || (env.HOME && `${env.HOME}/.cache`);
  // A folder of our own: the default one lies in the temporary folder, which others can write to.
  if (cache && isOurs(`${cache}/mayfly`))
    process.getBuiltinModule("node:module").enableCompileCache(`${cache}/mayfly`);
  await import("../dist/cli/main.js");
}

// What lies there is run as it is: whoever could put it there would have their programs run by us.
function isOurs(folder) {
  try {
    const { lstatSync, mkdirSync } = process.getBuiltinModule("node:fs");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}
