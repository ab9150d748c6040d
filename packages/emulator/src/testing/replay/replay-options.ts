import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { CannotReplay } from "./cannot-replay.ts";

export interface ReplayCommand {
  files: string[];
  since: number | undefined;
  services: string[] | undefined;
  only: RegExp | undefined;
  skip: RegExp | undefined;
  shapes: string | undefined;
  accepted: string | undefined;
  strict: boolean;
  verbose: boolean;
  json: string | undefined;
  base: string | undefined;
  reset: string | undefined;
  advance: string | undefined;
  writeRatchet: boolean;
}

export const usage = `usage: npm run emulator:replay -- FILE.jsonl.gz… [options]
  --since 2026-03-01       only cassettes recorded then or later
  --service instance,…     skip cassettes that call other services
  --only REGEX             only cassettes of such names
  --skip REGEX             no cassettes of such names
  --shapes FILE            a key that real answers leave out at times may be missing
                           (default: shapes.json.gz beside the first file, when there)
  --accepted FILE          known differences: [{cassette?, operation, path, what, why}]
  --strict                 warnings fail
  --verbose                show every interaction
  --json FILE              write all verdicts there
  --base URL               judge what runs there instead of starting the emulator
    --reset PATH           POSTed there before each cassette
    --advance PATH         POSTed {"seconds":n} there instead of waiting
  --write-ratchet          name what passes in ratchet.json; without files, replays what replay.test.ts does`;

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

/**
 * Reads the command line; throws what is wrong with it.
 *
 * @param folder what names of files are relative to
 */
export function replayOptions(argv: readonly string[], folder = "."): ReplayCommand {
  const { values, positionals: files } = parse(argv);
  const inFolder = (file: string | undefined) => (file === undefined ? undefined : resolve(folder, file));
  const { strict, verbose, base } = values;
  for (const [name, value] of Object.entries(values))
    if (value === "") throw new CannotReplay(`--${name} needs a value`);
  const options: ReplayCommand = {
    files: files.map((file) => resolve(folder, file)),
    since: date(values.since),
    services: values.service?.split(",").map((name) => name.trim()),
    only: pattern("only", values.only),
    skip: pattern("skip", values.skip),
    shapes: inFolder(values.shapes),
    accepted: inFolder(values.accepted),
    strict,
    verbose,
    json: inFolder(values.json),
    base,
    reset: values.reset,
    advance: values.advance,
    writeRatchet: values["write-ratchet"],
  };
  if (options.services?.includes("")) throw new CannotReplay("--service takes names, separated by commas");
  if (files.length === 0 && !options.writeRatchet) throw new CannotReplay("no files to replay");
  if (base !== undefined && !/^https?:/.test(URL.parse(base)?.protocol ?? ""))
    throw new CannotReplay(`--base ${base}: not a URL of http or https`);
  for (const name of ["reset", "advance"] as const) {
    const path = values[name];
    if (path !== undefined && base === undefined) throw new CannotReplay(`--${name} needs --base`);
    if (path !== undefined && !path.startsWith("/"))
      throw new CannotReplay(`--${name} ${path}: begins with /`);
  }
  if (options.writeRatchet && (base !== undefined || strict))
    throw new CannotReplay(
      "--write-ratchet is about the emulator itself: it goes neither with --base nor --strict",
    );
  return options;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        since: text,
        service: text,
        only: text,
        skip: text,
        shapes: text,
        accepted: text,
        strict: flag,
        verbose: flag,
        json: text,
        base: text,
        reset: text,
        advance: text,
        "write-ratchet": flag,
      },
    });
  } catch (error) {
    throw new CannotReplay((error as Error).message, { cause: error });
  }
}

function date(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const at = Date.parse(given);
  if (Number.isNaN(at)) throw new CannotReplay(`--since ${given}: not a date`);
  return at;
}

function pattern(name: string, given: string | undefined): RegExp | undefined {
  try {
    return given === undefined ? undefined : new RegExp(given);
  } catch (error) {
    throw new CannotReplay(`--${name} ${given}: ${(error as Error).message}`, { cause: error });
  }
}
