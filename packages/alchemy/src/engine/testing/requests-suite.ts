import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { anIamSshKey } from "../../testing/cases/iam-ssh-key.ts";
import { aFunctionNamespace } from "../../testing/cases/function-namespace.ts";
import { anInstance } from "../../testing/cases/instance.ts";
import { anInstanceIp } from "../../testing/cases/instance-ip.ts";
import { anInstanceVolume } from "../../testing/cases/instance-volume.ts";
import { aLoadBalancer } from "../../testing/cases/load-balancer.ts";
import { aPrivateNetwork } from "../../testing/cases/private-network.ts";
import { aPrivateNic } from "../../testing/cases/private-nic.ts";
import { anRdbDatabase } from "../../testing/cases/rdb-database.ts";
import { anRdbInstance } from "../../testing/cases/rdb-instance.ts";
import { anRdbUser } from "../../testing/cases/rdb-user.ts";
import { aSecurityGroup } from "../../testing/cases/security-group.ts";
import { aVpc } from "../../testing/cases/vpc.ts";
import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes } from "../../kind.ts";
import { compareRequests } from "../../testing/compare-requests.ts";
import { recordedRequests } from "../../testing/recorded-requests.ts";
import type { ResourceCase } from "../../testing/resource-case.ts";
import { adapt } from "../adapt.ts";
import { aStage } from "./stage.ts";
import type { Sent } from "./stage.ts";

interface Accepted {
  difference: string;
  why: string;
}

/** Object storage is not among the recordings that are compared here. */
export function requestsSuite(folder: string): void {
  test("what each resource sends is what was recorded for the same operation, but for what is listed with its reason", async (t) => {
    const sent = [
      await allSent(aVpc),
      await allSent(aPrivateNetwork),
      await allSent(aSecurityGroup),
      await allSent(anInstance),
      await allSent(anInstanceIp),
      await allSent(anInstanceVolume),
      await allSent(aPrivateNic),
      await allSent(anIamSshKey),
      await allSent(aLoadBalancer),
      await allSent(anRdbInstance),
      await allSent(anRdbDatabase),
      await allSent(anRdbUser),
      await allSent(aFunctionNamespace),
    ].flat();
    const { differences, compared } = compareRequests(sent, recordedRequests(folder));
    t.diagnostic(`${sent.length} requests of ${compared.size} operations compared`);
    assert.ok(compared.size > 30);
    const file = join(import.meta.dirname, "../../testing/accepted-requests.json");
    const accepted = JSON.parse(readFileSync(file, "utf8")) as Accepted[];
    assert.ok(accepted.every(({ why }) => why.length > 10));
    assert.deepEqual(differences, accepted.map(({ difference }) => difference).sort());
  });
}

/** Made, changed, replaced and destroyed. */
async function allSent<Props extends CommonProps, Attributes extends CommonAttributes>(
  each: ResourceCase<Props, Attributes>,
): Promise<Sent[]> {
  const stage = aStage();
  const among = (await each.among?.(stage.cloud)) ?? {};
  const resource = adapt<Props, Attributes, never>(each.kind, stage.connect) as (
    id: string,
    props: Props,
  ) => Promise<Attributes>;
  const up = (props: Props) => stage.up(() => resource("it", props));
  await up(each.props(among));
  if (each.changed !== undefined) await up(each.changed(among));
  await up(each.replaced(among));
  await stage.down();
  stage.close();
  return stage.sent;
}
