import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { BillReport } from "./bill.ts";
import { aCloud, IPS, SERVERS, VOLUMES } from "./testing/a-cloud.ts";

const DEV1_S = 0.008976;

function euros(bill: BillReport, kind: string): number {
  return bill.items.filter((item) => item.kind === kind).reduce((sum, item) => sum + item.euros, 0);
}

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

test("a machine costs while it is not stopped, its volume and address while they exist", async () => {
  const { call, pass, act, aServer, emulator } = aCloud();
  const address = (await call("POST", IPS, {})).json.ip.id;
  const server = await aServer({ public_ips: [address] });
  pass(3_600);
  near(euros(emulator.bill(), "machine"), 0);
  near(euros(emulator.bill(), "address"), 0.004);

  await act(server, "poweron");
  pass(7_200);
  near(euros(emulator.bill(), "machine"), 2 * DEV1_S);
  near(euros(emulator.bill(), "volume"), 3 * 10 * 0.000118);

  await act(server, "terminate");
  pass(3_600);
  await call("GET", SERVERS);
  const [machine] = emulator.bill().items.filter((item) => item.kind === "machine");
  assert.ok(machine && machine.hours > 2 && machine.hours < 2.01, `${machine?.hours} h`);
  assert.equal((await call("DELETE", `${VOLUMES}/${server.volumeId}`)).status, 204);
  assert.equal((await call("DELETE", `${IPS}/${address}`)).status, 204);
  const last = emulator.bill();
  pass(1_000_000);
  assert.deepEqual(emulator.bill(), last);
  near(last.euros, euros(last, "machine") + euros(last, "volume") + euros(last, "address"));
});

test("an IPv6 address is free, a stopped-in-place machine is not", async () => {
  const { call, pass, act, aServer, emulator } = aCloud();
  await call("POST", IPS, { type: "routed_ipv6" });
  const server = await aServer();
  await act(server, "poweron");
  pass(100);
  await act(server, "stop_in_place");
  pass(3_500);
  near(euros(emulator.bill(), "machine"), DEV1_S);
  near(euros(emulator.bill(), "address"), 0);
});

test("a dynamic address costs while its machine has it", async () => {
  const { pass, act, aServer, emulator } = aCloud();
  const server = await aServer({ dynamic_ip_required: true });
  pass(3_600);
  near(euros(emulator.bill(), "address"), 0);
  await act(server, "poweron");
  pass(3_600);
  const [address] = emulator.bill().items.filter(({ kind }) => kind === "address");
  assert.ok(address && address.of === server.id && address.hours > 0.99, JSON.stringify(address));
  near(address.euros, address.hours * 0.004);
  await act(server, "poweroff");
  const ended = euros(emulator.bill(), "address");
  pass(3_600);
  near(euros(emulator.bill(), "address"), ended);
});

test("a bill survives a restart and ends with a reset", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-bill-"));
  try {
    const stateFile = join(folder, "state.json");
    const before = aCloud({ stateFile });
    await before.call("POST", IPS, {});
    before.emulator.advance(3_600);
    before.emulator.flush();
    const { emulator } = aCloud({ stateFile });
    near(emulator.bill().euros, 0.004);
    emulator.reset();
    assert.deepEqual(emulator.bill(), { euros: 0, items: [] });
    emulator.flush();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
