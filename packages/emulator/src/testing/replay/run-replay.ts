import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createAccepted } from "./accepted.ts";
import { CannotReplay } from "./cannot-replay.ts";
import { covered } from "./covered.ts";
import { frequentDifferences } from "./frequent-differences.ts";
import { isClean } from "./is-clean.ts";
import { judgedElsewhere } from "./judged-elsewhere.ts";
import { judgedEmulator } from "./judged-emulator.ts";
import { openRatchet } from "./ratchet.ts";
import { acceptedFile, readAccepted } from "./read-accepted.ts";
import { readCassettes } from "./read-cassettes.ts";
import { readShapes } from "./read-shapes.ts";
import { recordedProject } from "./recorded-project.ts";
import { replayAll } from "./replay-all.ts";
import type { ReplayOptions } from "./replay-cassette.ts";
import type { ReplayCommand } from "./replay-options.ts";
import { reportLines } from "./report-lines.ts";
import { selectCassettes } from "./select-cassettes.ts";
import type { Selected } from "./select-cassettes.ts";
import { summarize } from "./summary.ts";
import { vectorsFolder } from "./vectors-folder.ts";

export interface Terminal {
  log(line: string): void;
  error(line: string): void;
}

/** Replays and reports, the counts as JSON last; resolves to 0 when all went well, else to 1. */
export async function runReplay(given: ReplayCommand, terminal: Terminal): Promise<0 | 1> {
  const command = given.files.length === 0 ? { ...given, ...everythingCovered() } : given;
  const { files, base, strict, verbose, json } = command;
  const all = files.flatMap(readCassettes);
  const { cassettes, skipped } = selectCassettes(all, command);
  const options = { strict, ...readOptions(command) };
  const judged =
    base === undefined
      ? await judgedEmulator(recordedProject(cassettes))
      : judgedElsewhere({ url: base, resetPath: command.reset, advancePath: command.advance });

  const reports = await replayAll(cassettes, judged, {
    ...options,
    onReport(report) {
      for (const line of reportLines(report, { verbose })) terminal.log(line);
    },
  });

  for (const { cassette, why } of verbose ? skipped : []) terminal.log(`skip ${cassette}: ${why}`);
  const frequent = frequentDifferences(reports);
  if (frequent.length > 0) terminal.log(["", "most frequent differences:", ...frequent].join("\n"));
  const summary = summarize(reports, skipped.length);
  terminal.log(`\n${skipped.length} cassettes skipped${reasons(skipped)}`);
  if (json !== undefined) writeJson(json, { summary, cassettes: reports, skipped });
  if (command.writeRatchet) terminal.log(`ratchet.json names ${openRatchet().write(reports)} cassettes`);
  if (reports.length === 0)
    terminal.error(`nothing was compared: none of ${all.length} cassettes was replayed`);
  terminal.log(JSON.stringify(summary));
  return reports.length > 0 && reports.every(isClean) ? 0 : 1;
}

function everythingCovered(): Pick<ReplayCommand, "files" | "shapes" | "services" | "since"> {
  const folder = vectorsFolder();
  if (folder === undefined) throw new CannotReplay("no vectors: set MAYFLY_VECTORS to their folder");
  return covered(folder);
}

function readOptions({ files, shapes, accepted, writeRatchet }: ReplayCommand): ReplayOptions {
  const beside = join(dirname(files[0] ?? ""), "shapes.json.gz");
  const shapesFile = shapes ?? (existsSync(beside) ? beside : undefined);
  // The ratchet counts what the project has accepted as passed, as its test does.
  const known = accepted ?? (writeRatchet ? acceptedFile : undefined);
  return {
    ...(shapesFile !== undefined && { mayLack: readShapes(shapesFile) }),
    ...(known !== undefined && { accepted: createAccepted(readAccepted(known)) }),
  };
}

/** `: needs lb (3), holds nothing to compare (1)` */
function reasons(skipped: Selected["skipped"]): string {
  const counts = new Map<string, number>();
  for (const { why } of skipped) counts.set(why, (counts.get(why) ?? 0) + 1);
  const told = [...counts].sort(([, one], [, other]) => other - one).map(([why, n]) => `${why} (${n})`);
  return told.length === 0 ? "" : `: ${told.join("; ")}`;
}

function writeJson(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
  } catch (error) {
    throw new CannotReplay(`write ${file}: ${(error as Error).message}`, { cause: error });
  }
}
