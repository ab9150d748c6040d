import { UserError } from "../api/user-error.ts";
import type { Arguments } from "./arguments.ts";
import { readArguments } from "./arguments.ts";
import type { Command, Option } from "./command.ts";
import { commandGroup } from "./command-group.ts";
import type { Context } from "./context.ts";
import { create } from "./create.ts";
import { extend } from "./extend.ts";
import { list } from "./list.ts";
import { service } from "./service.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";

/** Does what the command of this name does, as if these words had followed it. */
type Become = (name: string, command: Command, words: string[]) => Promise<number>;

const verbose: Record<string, Option> = { verbose: { help: "the service says more (debug)" } };
const instanceId: Record<string, Option> = {
  "instance-id": { value: "ID", help: "the cloud's id (i-…), ours or a name" },
};
const duration = (help: string): Record<string, Option> => ({
  duration: { value: "DURATION", short: "d", help },
});

/** Mayfly's own commands, with other names for their options and other defaults. */
export const im: Command = commandGroup("im", {
  summary: "The Instance Manager's command line: machines on AWS that their deadline stops",
  verbs: {
    create: preset("Make an instance that is stopped on time", {
      usage: "--public-key FILE [-d 1h] [--instance-type t2.nano] [--availability-zone us-east-1a]",
      options: {
        provider: { value: "aws|scaleway", help: "at which cloud (default: aws)" },
        "instance-type": { value: "TYPE", help: "type of machine (default: t2.nano)" },
        ...duration("when it is stopped, from now (default: 1h)"),
        "public-key": { value: "FILE", help: "who is let in: an SSH public key" },
        "availability-zone": { value: "ZONE", help: "where (default: us-east-1a)" },
        "no-failsafe": create.options["no-failsafe"]!,
      },
      needs: ["public-key"],
      run: (given, become) =>
        become("create", create, [
          `--provider=${given.text("provider") ?? "aws"}`,
          "--on-expiry=stop",
          `--type=${given.text("instance-type") ?? "t2.nano"}`,
          `--lifetime=${given.text("duration") ?? "1h"}`,
          `--ssh-key=${given.text("public-key")!}`,
          `--zone=${given.text("availability-zone") ?? "us-east-1a"}`,
          ...(given.flag("no-failsafe") ? ["--no-failsafe"] : []),
        ]),
    }),
    status: preset("All about one instance", {
      usage: "--instance-id ID",
      options: instanceId,
      needs: ["instance-id"],
      run: (given, become) => become("status", status, [given.text("instance-id")!]),
    }),
    list: preset("The instances there are, and what they cost", {
      usage: "",
      run: (_given, become) => become("list", list, []),
    }),
    extend: preset("Move the deadline of an instance; one that was stopped by it starts again", {
      usage: "--instance-id ID --duration 2h",
      options: { ...instanceId, ...duration("by how much") },
      needs: ["instance-id", "duration"],
      run: (given, become) => become("extend", extend, [given.text("instance-id")!, given.text("duration")!]),
    }),
    stop: preset("Stop an instance without deleting it", {
      usage: "--instance-id ID",
      options: instanceId,
      needs: ["instance-id"],
      run: (given, become) => become("stop", stop, [given.text("instance-id")!]),
    }),
    service: preset("Run the service that ends instances on time", {
      usage: "[--log-level info] [--verbose]",
      options: { "log-level": service.options["log-level"]! },
      run: (given, become) => {
        const level = given.text("log-level") ?? (given.flag("verbose") ? "debug" : "info");
        return become("service", service, ["--log-level", level]);
      },
    }),
  },
  details: `A stopped instance is kept for a day and then deleted: extend it before, and it starts again. Credentials come from
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or ~/.aws.`,
});

interface Preset {
  usage: string;
  options?: Record<string, Option>;
  /** Options without which it is not understood. */
  needs?: string[];
  run(given: Arguments, become: Become): Promise<number>;
}

function preset(summary: string, { usage, options = {}, needs = [], run }: Preset): Command {
  return {
    summary,
    usage: [usage],
    takes: [0, 0],
    options: { ...options, ...verbose },
    run(context: Context, given: Arguments) {
      const problems = needs
        .filter((name) => given.text(name) === undefined)
        .map((name) => ({
          path: `--${name}`,
          message: "is needed",
          suggestion: `--${name} ${options[name]!.value}`,
        }));
      if (problems.length > 0) throw new UserError("usage", { exitCode: 2, problems });
      return run(given, async (name, command, words) =>
        command.run(context, await readArguments(name, command, words)),
      );
    },
  };
}
