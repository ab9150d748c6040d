import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { systemClock } from "../clock.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import { systemRandom } from "../random.ts";

const SECRET = "5ec2e700-aaaa-4bbb-8ccc-dddddddddddd";
const MACHINE = { id: "11111111-2222-4333-8444-555555555555", zone: "fr-par-1" };

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An account as the service connects it. */
const accountAt = (apiUrl: string) =>
  connectScaleway({
    credentials: { accessKey: "SCWHOSTILECLOUD00000", secretKey: SECRET, projectId: MACHINE.id },
    apiUrl,
    defaultZone: "fr-par-1",
    clock: systemClock,
    random: systemRandom,
    fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal]) }),
    heard: () => undefined,
  }).provider;

for (const status of [301, 302, 303, 307, 308])
  test(`an answer ${status} that points elsewhere does not take the secret key there`, async (t) => {
    const heard: unknown[] = [];
    const elsewhere = await serve(t, ({ headers }, response) => {
      heard.push(headers);
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    });
    let asked = "";
    const api = await serve(t, ({ headers }, response) => {
      asked = String(headers["x-auth-token"]);
      response.writeHead(status, { Location: `${elsewhere}/` }).end();
    });
    await assert.rejects(accountAt(api).start(MACHINE), { name: "ProviderError", code: "unavailable" });
    assert.equal(asked, SECRET);
    assert.deepEqual(heard, []);
  });

test("an answer that is small on the wire and huge behind it is cut off", { timeout: 60_000 }, async (t) => {
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, 0x20));
  const api = await serve(t, (_request, response) => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" }).end(bomb);
  });
  await assert.rejects(accountAt(api).start(MACHINE), /the answer is larger than 16777216 bytes/);
});
