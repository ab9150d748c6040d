import { createEmulator } from "@mayfly/emulator";
import { processScene } from "./process-scene.ts";

export interface EmulatorRate {
  /** Over HTTP, from a process beside it; the emulator itself has one thread. */
  requestsPerSecond: { read: number; list: number; write: number };
  /** A page of 50 among so many servers, over one among as many as fill it: medians of runs that take turns. */
  page: { servers: number; ratio: number };
}

const ZONE = "/instance/v1/zones/fr-par-1";
const HEADERS = {
  "X-Auth-Token": "11111111-2222-4333-8444-555555555555",
  "Content-Type": "application/json",
};
const SERVER = JSON.stringify({
  name: "lab",
  commercial_type: "DEV1-S",
  image: "ubuntu_noble",
  tags: ["all"],
  dynamic_ip_required: false,
});
const [REQUESTS, AT_ONCE, PAGE, TURNS] = [6_000, 16, 50, 31];

/** How fast the emulator answers, and whether a list's page slows down with what exists. */
export async function emulatorRate(servers: number): Promise<EmulatorRate> {
  return { requestsPerSecond: await overHttp(), page: { servers, ratio: await pageRatio(servers) } };
}

async function overHttp(): Promise<EmulatorRate["requestsPerSecond"]> {
  const cleans: (() => Promise<void>)[] = [];
  const scene = processScene({ after: (clean) => void cleans.push(clean) });
  try {
    const url = (await scene.startCloud()).env["SCW_API_URL"]!;
    const send = async (method: string, path: string, body?: string) => {
      const answer = await fetch(`${url}${ZONE}${path}`, { method, headers: HEADERS, body: body ?? null });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text;
    };
    const { server } = JSON.parse(await send("POST", "/servers", SERVER)) as { server: { id: string } };
    const path = `/servers/${server.id}`;
    await perSecond(() => send("GET", path));
    return {
      read: await perSecond(() => send("GET", path)),
      list: await perSecond(() => send("GET", "/servers?tags=all")),
      write: await perSecond(() => send("PATCH", path, '{"name":"lab"}')),
    };
  } finally {
    for (const clean of cleans) await clean();
  }
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  let left = REQUESTS;
  const began = performance.now();
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return Math.round(REQUESTS / ((performance.now() - began) / 1_000));
}

async function pageRatio(servers: number): Promise<number> {
  const [few, many] = [await cloudWith(PAGE), await cloudWith(servers)];
  const times: { few: number; many: number }[] = [];
  for (let turn = 0; turn < TURNS; turn++)
    times.push({ few: await pageMs(few, 1), many: await pageMs(many, servers / PAGE / 2) });
  const median = (of: "few" | "many") =>
    times.map((time) => time[of]).sort((a, b) => a - b)[Math.floor(TURNS / 2)]!;
  return Math.round((100 * median("many")) / median("few")) / 100;
}

type Cloud = ReturnType<typeof createEmulator>;

async function cloudWith(servers: number): Promise<Cloud> {
  const cloud = createEmulator({ seed: 1 });
  for (let made = 0; made < servers; made++)
    await cloud.fetch(`http://cloud.test${ZONE}/servers`, { method: "POST", headers: HEADERS, body: SERVER });
  return cloud;
}

async function pageMs(cloud: Cloud, page: number): Promise<number> {
  const began = performance.now();
  const path = `${ZONE}/servers?tags=all&per_page=${PAGE}&page=${Math.max(1, Math.floor(page))}`;
  const answer = await cloud.fetch(`http://cloud.test${path}`, { headers: HEADERS });
  const { servers } = (await answer.json()) as { servers: unknown[] };
  if (servers.length !== PAGE) throw new Error(`${servers.length} servers on page ${page}`);
  return performance.now() - began;
}
