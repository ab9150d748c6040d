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
  if (cache) process.getBuiltinModule("node:module").enableCompileCache(`${cache}/mayfly`);
  await import("../dist/cli/main.js");
}
