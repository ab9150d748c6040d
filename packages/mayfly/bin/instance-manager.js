#!/usr/bin/env node
// The same program under another name: `instance-manager create …` is `mayfly im create …`.
process.argv.splice(2, 0, "im");
await import("./mayfly.js");
