#!/usr/bin/env node
// SWIM's own command line: `swim --redis …` is `mayfly swim --redis …`.
import { fileURLToPath } from "node:url";

const mayfly = new URL("./mayfly.js", import.meta.url);
// A service that this starts in the background is started by the same name.
process.argv.splice(1, 1, fileURLToPath(mayfly), "swim");
await import(mayfly.href);
