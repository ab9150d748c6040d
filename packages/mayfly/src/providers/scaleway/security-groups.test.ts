import assert from "node:assert/strict";
import { test } from "node:test";
import { anEmulatedScaleway, EMULATED_PROJECT } from "../../testing/emulated-scaleway.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { throwRefusal } from "./throw-refusal.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "../refused.ts";
import { createSecurityGroups } from "./security-groups.ts";

const ZONE = "fr-par-1";
const GROUPS = `/instance/v1/zones/${ZONE}/security_groups`;

function aWorld() {
  const cloud = anEmulatedScaleway();
  const clients = cloud.clients();
  const groups = createSecurityGroups(clients.read, cloud.clock);
  const lists = () => cloud.emulator.calls().byOperation.listSecurityGroups ?? 0;
  async function aGroup(name: string): Promise<string> {
    const body = { name, project: EMULATED_PROJECT };
    return (await cloud.call<{ security_group: { id: string } }>("POST", GROUPS, body)).security_group.id;
  }
  return { ...cloud, read: clients.read, groups, lists, aGroup };
}

test("a security group is found by its name or id, and looked for once a minute", async () => {
  const { groups, lists, aGroup, clock } = aWorld();
  const id = await aGroup("web");
  assert.equal(await groups.resolve("web", ZONE), id);
  assert.equal(await groups.resolve(id.toUpperCase(), ZONE), id);
  assert.equal(lists(), 1);
  await clock.advance(60_000);
  await groups.resolve("web", ZONE);
  assert.equal(lists(), 2);
});

test("a security group that was just made is found, though its name was unknown before", async () => {
  const { groups, lists, aGroup } = aWorld();
  await assert.rejects(groups.resolve("web", ZONE), Refused);
  assert.equal(lists(), 1);
  const id = await aGroup("web");
  assert.equal(await groups.resolve("web", ZONE), id);
});

test("a security group that is gone is not remembered once that was said", async () => {
  const { groups, aGroup, call } = aWorld();
  const old = await aGroup("web");
  assert.equal(await groups.resolve("web", ZONE), old);
  await call("DELETE", `${GROUPS}/${old}`);
  const now = await aGroup("web");
  groups.forget();
  assert.equal(await groups.resolve("web", ZONE), now);
});

for (const [status, type, whileThere] of [
  [404, "not_found", "conflict"],
  [400, "invalid_arguments", "invalid_input"],
  [403, "permissions_denied", "unauthorized"],
] as const)
  test(`a refusal with ${status} is ${whileThere} while what it named is there`, async () => {
    const { read, aGroup, call, emulator } = aWorld();
    const group = { securityGroupId: await aGroup("web"), zone: ZONE };
    const body = { type, message: "no", details: [], resource: "instance_security_group" };
    emulator.faults.add({
      match: { method: "PATCH", path: GROUPS },
      effect: { kind: "status", status, body },
    });
    const refused = () =>
      attempt("try", () =>
        read.instance.updateSecurityGroup({ ...group, name: "x" }).catch((error: unknown) =>
          throwRefusal(error, {
            noun: "firewall",
            id: group.securityGroupId,
            resource: "instance_security_group",
            look: () => read.instance.getSecurityGroup(group),
          }),
        ),
      );
    await assert.rejects(refused(), expectProviderError(whileThere));
    await call("DELETE", `${GROUPS}/${group.securityGroupId}`);
    const gone = status === 403 ? "unauthorized" : "conflict";
    await assert.rejects(refused(), expectProviderError(gone));
  });
