import type { Accepted } from "./accepted.ts";
import type { Answer } from "./answer.ts";
import type {
  CassetteReport,
  InteractionReport,
  JudgedDifference,
  Skipped,
  Verdict,
} from "./cassette-report.ts";
import type { Cassette, Interaction } from "./cassette.ts";
import { compareAnswers } from "./compare-answers.ts";
import type { Difference } from "./difference.ts";
import { eventualRead } from "./eventual-read.ts";
import { createIdPairs } from "./id-pairs.ts";
import type { Judged } from "./judged.ts";
import { learnIds } from "./learn-ids.ts";
import type { MayLack } from "./read-shapes.ts";
import { send } from "./send.ts";
import { addSentTexts } from "./sent-texts.ts";
import { xmlBody } from "./xml-body.ts";

export interface ReplayOptions {
  /** Warnings fail. @default false */
  strict?: boolean;
  /** @default a recorded key must always be there */
  mayLack?: MayLack;
  /** Differences that fail nothing. @default none */
  accepted?: Accepted;
  /** How often a read is repeated until it shows a recorded moment. @default 120 */
  maxPolls?: number;
}

/** Sends a cassette's requests in their order, and judges the answers. */
export async function replayCassette(
  { name, home, interactions }: Cassette,
  judged: Judged,
  { strict = false, mayLack = () => false, accepted, maxPolls = 120 }: ReplayOptions = {},
): Promise<CassetteReport> {
  const ids = createIdPairs();
  const sent = new Set<string>();
  const passedOver = new Set<number>();
  const reports: InteractionReport[] = [];
  let polls = 0;
  let abortedAt: number | undefined;

  await judged.reset();
  for (const [index, interaction] of interactions.entries()) {
    const skipped = passedOver.has(index) ? "passed over" : cannotBeSent(interaction);
    if (skipped !== undefined || abortedAt !== undefined) {
      report(interaction, skipped ?? "unreached");
      continue;
    }
    addSentTexts(sent, interaction.request.body);
    if (interaction.request.text) sent.add(interaction.request.text);
    const found = interaction.method === "GET" ? await read(index) : await write(interaction);
    const differences = found.map((difference) => ({
      ...difference,
      accepted:
        (strict || difference.level === "fail") &&
        (accepted?.take(name, operationOf(interaction), difference) ?? false),
    }));
    const verdict = judge(differences, strict);
    report(interaction, verdict, differences);
    if (verdict === "failed" && isFailedCreate(interaction, differences)) abortedAt = interaction.seq;
  }
  return { cassette: name, home, interactions: reports, polls, abortedAt };

  async function write(interaction: Interaction): Promise<Difference[]> {
    return compare(interaction, await send(interaction, judged.url, ids));
  }

  async function read(index: number): Promise<Difference[]> {
    const interaction = interactions[index]!;
    const eventual = eventualRead(interactions, index, ids);
    for (let asked = 1; ; asked++) {
      const got = await send(interaction, judged.url, ids);
      const match = got && eventual.match(got);
      if (got && match === undefined && asked <= maxPolls && eventual.mayChange(got)) {
        polls++;
        await judged.pass();
        continue;
      }
      for (const at of match === undefined ? [] : eventual.passedOver(match)) passedOver.add(at);
      return compare(interactions[match ?? index]!, got);
    }
  }

  function compare(interaction: Interaction, got: Answer | undefined): Difference[] {
    if (!got) return [{ level: "fail", path: "", what: "no answer" }];
    const { status, body, text } = interaction.answer;
    if (got.status === status && body !== undefined) learnIds(body, got.body, ids);
    else if (got.status === status && text?.startsWith("<")) learnIds(xmlBody(text), xmlBody(got.text), ids);
    return compareAnswers(interaction, got, { ids, sent, mayLack });
  }

  function report(
    interaction: Interaction,
    verdict: Verdict,
    differences: readonly JudgedDifference[] = [],
  ): void {
    const { seq, service, method, path } = interaction;
    const operation = operationOf(interaction);
    reports.push({ seq, service, operation, method, path, verdict, differences });
  }
}

/** The recording's rate limit is not the judged cloud's. */
function cannotBeSent({ elsewhere, answer }: Interaction): Skipped | undefined {
  if (elsewhere) return "elsewhere";
  return answer.status === 429 ? "rate limited" : undefined;
}

function judge(differences: readonly JudgedDifference[], strict: boolean): Verdict {
  const failing = differences.filter(({ level }) => strict || level === "fail");
  if (failing.some(({ accepted }) => !accepted)) return "failed";
  if (failing.length > 0) return "accepted";
  return differences.length > 0 ? "warned" : "passed";
}

/** Nothing that follows can be right. */
function isFailedCreate({ method, answer }: Interaction, differences: readonly Difference[]): boolean {
  const what = differences[0]?.what;
  return method === "POST" && answer.status < 300 && (what === "status" || what === "no answer");
}

/** With its service: products share the names of operations. */
function operationOf({ service, operation, method, template }: Interaction): string {
  return `${service}.${operation ?? `${method} ${template}`}`;
}
