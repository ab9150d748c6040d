import type { Random } from "../../random.ts";
import { answeringCloud } from "./answering-cloud.ts";
import type { Asked, Given } from "./answering-cloud.ts";
import type { Cassette, Content, Interaction } from "./cassette.ts";
import type { Judged } from "./judged.ts";
import { uuids } from "./text-kind.ts";

/** Damages an answer, when it can be. */
type Damage = (answer: Given, interaction: Interaction) => Given | undefined;

export interface RecordedCloud extends Judged {
  /** Plays this cassette from the next reset on. */
  load(cassette: Cassette): void;
  /** The interactions of this cassette that were answered wrongly on purpose. */
  damaged(): ReadonlySet<number>;
  /** How many ids of this cassette were replaced. */
  renewed(): number;
}

/**
 * The cloud of the recordings, except that every id it makes up is another one: whoever sends it a recorded request
 * with those ids, whole and unchanged, gets the recorded answer.
 */
export async function recordedCloud(random: Random, damage?: Damage): Promise<RecordedCloud> {
  let cassette: Cassette | undefined;
  let renamed = new Map<string, string>();
  let recordedOf = new Map<string, string>();
  let damaged = new Set<number>();

  const judged = await answeringCloud(answer, {
    onReset() {
      renamed = new Map();
      recordedOf = new Map();
      damaged = new Set();
    },
  });
  return {
    ...judged,
    load(next) {
      cassette = next;
    },
    damaged: () => damaged,
    renewed: () => [...renamed].filter(([id, name]) => id !== name).length,
  };

  function answer(asked: Asked): Given {
    const interaction = cassette?.interactions.find(({ seq }) => seq === asked.seq);
    if (!interaction) return refusal(`nothing is recorded as #${asked.seq}`);
    keepClientsIds(interaction);
    const wrong = mismatch(interaction, asked);
    if (wrong !== undefined) return refusal(wrong);
    const { status, headers, ...content } = interaction.answer;
    const { "content-length": _, ...others } = headers;
    const given: Given = {
      status,
      headers: JSON.parse(rename(JSON.stringify(others))) as Record<string, string>,
      text: rename(written(content)),
    };
    const spoilt = damage?.(given, interaction);
    if (spoilt) damaged.add(interaction.seq);
    return spoilt ?? given;
  }

  /** An id that a request is the first to name was not made up here. */
  function keepClientsIds({ path, query, request }: Interaction): void {
    for (const [id] of `${path} ${JSON.stringify(query)} ${written(request)}`.matchAll(uuids))
      if (!renamed.has(id)) renamed.set(id, id);
  }
  function rename(text: string): string {
    return text.replace(uuids, (id) => {
      let name = renamed.get(id);
      if (name === undefined) renamed.set(id, (name = random.uuid()));
      recordedOf.set(name, id);
      return name;
    });
  }
  function mismatch(interaction: Interaction, asked: Asked): string | undefined {
    const { method, path, query, request } = interaction;
    const pairs = Object.entries(query).flatMap(([key, values]) => values.map((value) => [key, value]));
    const expected = [method, path, pairs, written(request)];
    const got = JSON.parse(
      JSON.stringify([asked.method, asked.path, [...asked.query], asked.text]).replace(uuids, asRecorded),
    ) as unknown;
    if (JSON.stringify(expected) === JSON.stringify(got)) return undefined;
    return `recorded ${JSON.stringify(expected)}, asked ${JSON.stringify(got)}`;
  }
  function asRecorded(id: string): string {
    return recordedOf.get(id) ?? (renamed.get(id) === id ? id : `an id that is not from here: ${id}`);
  }
}

function written({ body, text }: Content): string {
  return body === undefined ? (text ?? "") : JSON.stringify(body);
}

function refusal(message: string): Given {
  return {
    status: 599,
    headers: { "content-type": "application/json" },
    text: JSON.stringify({ message }),
  };
}
