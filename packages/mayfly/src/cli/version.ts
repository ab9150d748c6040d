import type { Command } from "./command.ts";

export const version: Command = {
  summary: "The version of mayfly and of Node.js",
  usage: [""],
  takes: [0, 0],
  options: {},
  async run(context) {
    const { readFileSync } = await import("node:fs");
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(text) as { version: string };
    context.out(
      context.json
        ? JSON.stringify({ version, node: process.versions.node })
        : `mayfly ${version} (Node.js ${process.versions.node})`,
    );
    return 0;
  },
};
