import { deleteKeyById } from "./delete-key-by-id.ts";
import { ec2States } from "./ec2-states.ts";
import { sameSender } from "./same-sender.ts";

type Send = (request: Request) => Promise<Response>;

/** What a stricter EC2 would do than moto does; each can be set at any time. */
export interface Ec2Layer {
  fetch: Send;
  /** How long after its create a machine is in no list. @default 0 */
  visibilityGapMs: number;
  /** The next calls of these actions are refused so, one each: `["StopInstances", "RequestLimitExceeded"]`. */
  refusals: [action: string, code: string][];
  /** What each machine's serial console shows. */
  consoles: Map<string, string>;
  /** Of each action, how many were made. */
  calls: Map<string, number>;
  /** Calls that are under way. */
  busy: number;
}

/** A type that is out of stock everywhere. */
export const OUT_OF_STOCK = "c5d.metal";

/**
 * Stands in front of moto and adds what moto leaves out: tokens, tags of interfaces, ids of keys, states on the way, lists that are late,
 * refusals for the state, for stock and for too many calls.
 *
 * @param options.takesMs how long a change of a machine's state takes @default 20_000
 */
export function createEc2Layer(
  cloud: Send,
  now: () => number,
  { takesMs = 20_000 }: { takesMs?: number } = {},
): Ec2Layer {
  const states = ec2States(now, takesMs);
  const tokens = new Map<string, { input: string; answer: string }>();
  const bornAt = new Map<string, number>();
  /** Of the machines that there are. */
  const types = new Map<string, string>();

  const layer: Ec2Layer = {
    visibilityGapMs: 0,
    refusals: [],
    consoles: new Map(),
    calls: new Map(),
    busy: 0,
    async fetch(request) {
      layer.busy += 1;
      try {
        return await answer(request);
      } finally {
        layer.busy -= 1;
      }
    },
  };

  async function answer(request: Request): Promise<Response> {
    const text = await request.clone().text();
    const input = new URLSearchParams(text);
    const action = input.get("Action") ?? "";
    layer.calls.set(action, (layer.calls.get(action) ?? 0) + 1);
    const at = layer.refusals.findIndex(([of]) => of === action);
    if (at >= 0) return refusal(layer.refusals.splice(at, 1)[0]![1]);
    const no = states.refuses(action, idsIn(input));
    if (no !== undefined) return refusal(no);
    if (action === "RunInstances") return run(request, input);
    if (action === "GetConsoleOutput") return consoleOf(input);
    const key = action === "DeleteKeyPair" ? input.get("KeyPairId") : null;
    if (key !== null) return (await deleteKeyById(cloud, request, key)) ?? refusal("InvalidKeyPair.NotFound");

    const response = await cloud(request);
    if (!response.ok) return response;
    states.acted(action, idsIn(input));
    if (action === "TerminateInstances") for (const id of idsIn(input)) types.delete(id);
    return action === "DescribeInstances" ? rewritten(response, shown) : response;
  }

  async function run(request: Request, input: URLSearchParams): Promise<Response> {
    const type = input.get("InstanceType") ?? "";
    if (type === OUT_OF_STOCK) return refusal("InsufficientInstanceCapacity");
    const keys = tagsFor(input, "instance").map(({ key }) => key);
    if (input.get("MetadataOptions.InstanceMetadataTags") === "enabled" && !keys.every(isForMetadata))
      return refusal("InvalidParameterValue");
    const token = input.get("ClientToken");
    const asked = input.toString();
    const known = token === null ? undefined : tokens.get(token);
    if (known !== undefined)
      return known.input === asked ? answerOf(known.answer) : refusal("IdempotentParameterMismatch");
    const response = await cloud(request.clone());
    if (!response.ok) return response;
    const answer = await response.text();
    const id = /<instanceId>(i-\w+)</.exec(answer)![1]!;
    bornAt.set(id, now());
    types.set(id, type);
    states.acted("RunInstances", [id]);
    await tagInterfaces(request, input, answer);
    if (token !== null) tokens.set(token, { input: asked, answer });
    return answerOf(answer);
  }

  async function tagInterfaces(request: Request, input: URLSearchParams, answer: string): Promise<void> {
    const tags = tagsFor(input, "network-interface");
    const cards = [...answer.matchAll(/<networkInterfaceId>(eni-\w+)</g)].map(([, id]) => id!);
    if (tags.length === 0) return;
    const wanted: Record<string, string> = { Action: "CreateTags" };
    for (const [at, id] of cards.entries()) wanted[`ResourceId.${at + 1}`] = id;
    for (const [at, { key, value }] of tags.entries()) {
      wanted[`Tag.${at + 1}.Key`] = key;
      wanted[`Tag.${at + 1}.Value`] = value;
    }
    await cloud(sameSender(request, wanted));
  }

  function consoleOf(input: URLSearchParams): Response {
    const id = input.get("InstanceId") ?? "";
    const type = types.get(id);
    if (type === undefined) return refusal("InvalidInstanceID.NotFound");
    if (OLD_TYPES.test(type)) return refusal("UnsupportedOperation");
    // Without this it is what was there soon after the start.
    const output = input.get("Latest") === "true" ? (layer.consoles.get(id) ?? "") : "";
    const said = Buffer.from(output, "latin1").toString("base64");
    return answerOf(
      `<GetConsoleOutputResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instanceId>${id}</instanceId><output>${said}</output></GetConsoleOutputResponse>`,
    );
  }

  /** Each machine in the state that it would be in by now; those that are too young are left out. */
  function shown(xml: string): string {
    return xml.replaceAll(/<item><reservationId>.*?<\/instancesSet><\/item>/gs, (item) => {
      const id = /<instanceId>(i-\w+)</.exec(item)![1]!;
      const isYoung = now() < (bornAt.get(id) ?? -Infinity) + layer.visibilityGapMs;
      return isYoung ? "" : states.shown(id, item);
    });
  }

  return layer;
}

/** Some that are not on the Nitro hypervisor. */
const OLD_TYPES = /^(t[12]|[mcr][1-4])[.]/;

const isForMetadata = (key: string): boolean => /^[a-zA-Z0-9+\-=.,_:@]+$/.test(key);

const idsIn = (input: URLSearchParams): string[] =>
  [...input].filter(([key]) => /^InstanceId(\.\d+)?$/.test(key)).map(([, id]) => id);

function tagsFor(input: URLSearchParams, type: string): { key: string; value: string }[] {
  const [at] =
    [...input].find(([key, value]) => /^TagSpecification\.\d+\.ResourceType$/.test(key) && value === type) ??
    [];
  if (at === undefined) return [];
  const prefix = at.replace("ResourceType", "Tag");
  const keys = [...input].filter(([key]) => key.startsWith(`${prefix}.`) && key.endsWith(".Key"));
  return keys.map(([key, value]) => ({ key: value, value: input.get(key.replace(/Key$/, "Value")) ?? "" }));
}

async function rewritten(response: Response, change: (xml: string) => string): Promise<Response> {
  return answerOf(change(await response.text()));
}

const answerOf = (xml: string): Response => new Response(xml, { headers: { "content-type": "text/xml" } });

/** With the status that EC2 has for it. */
function refusal(code: string): Response {
  const status = /LimitExceeded|Insufficient|Internal|Unavailable/.test(code) ? 503 : 400;
  const error = `<Error><Code>${code}</Code><Message>the layer refuses</Message></Error>`;
  const body = `<?xml version="1.0"?><Response><Errors>${error}</Errors><RequestID>layer</RequestID></Response>`;
  return new Response(body, { status, headers: { "content-type": "text/xml" } });
}
