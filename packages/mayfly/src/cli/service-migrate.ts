import { readDatabaseUrl } from "../api/database-url.ts";
import { UserError } from "../api/user-error.ts";
import type { Command } from "./command.ts";
import { homeOf } from "./home.ts";

export const migrate: Command = {
  summary: "Move what a home keeps into a PostgreSQL database, for services on many machines",
  usage: ["[--from HOME] --to postgres://USER@HOST/DATABASE"],
  takes: [0, 0],
  options: {
    from: { value: "HOME", help: "the home to move (default: this one)" },
    to: { value: "URL", help: "a database that Mayfly has not used yet" },
  },
  details: `Stop the service first. All rows arrive at once, or none; from then on the home's own database serves nobody, and
is emptied. Repeat it after a crash. Then, wherever a service is to run: mayfly service --database URL, or MAYFLY_DATABASE.`,
  async run(context, given) {
    const to = given.text("to") ?? "";
    const read = readDatabaseUrl(to, "--to");
    if ("message" in read) {
      const missing = to === "" && { message: "is missing: where the instances are to go" };
      throw new UserError("usage", { exitCode: 2, problems: [{ ...read, ...missing }] });
    }
    const from = given.text("from");
    const home = from === undefined ? context.home : homeOf(context.env, from);
    const { moveHome } = await import("../move-home.ts");
    if (!context.json) context.note(`moving ${home} …`);
    const moved = await moveHome(home, read.url);
    if (context.json) context.out(JSON.stringify(moved));
    else
      context.out(
        `${moved.before ? "was moved before" : "moved"}: ${moved.instances} instances and ${moved.events} events of ${moved.owner} are in the database now; start the service with --database or MAYFLY_DATABASE`,
      );
    return 0;
  },
};
