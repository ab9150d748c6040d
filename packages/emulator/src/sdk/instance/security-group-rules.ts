import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aSecurityGroup } from "./a-security-group.ts";

export function securityGroupRules(begin: Begin<Instancev1.API>): void {
  describe("security group rules", () => {
    test("rules are added, changed, read and deleted one by one, behind those for mail", async (t) => {
      const { api: instance } = await begin(t);
      const { id: securityGroupId } = await aSecurityGroup(instance);
      const { rule } = await instance.createSecurityGroupRule({ securityGroupId, ...SSH });
      assert.deepEqual(
        [rule?.action, rule?.protocol, rule?.direction, rule?.ipRange, rule?.destPortFrom, rule?.editable],
        ["accept", "TCP", "inbound", "10.0.0.0/8", 22, true],
      );
      const securityGroupRuleId = rule?.id ?? "";
      await instance.updateSecurityGroupRule({
        securityGroupId,
        securityGroupRuleId,
        ipRange: "192.168.0.0/16",
      });
      const read = (await instance.getSecurityGroupRule({ securityGroupId, securityGroupRuleId })).rule;
      assert.deepEqual([read?.ipRange, read?.destPortFrom], ["192.168.0.0/16", 22]);
      const rest = { securityGroupId, securityGroupRuleId };
      const set = await instance["_setSecurityGroupRule"]({ ...read!, ...rest, destPortFrom: 2222 });
      assert.equal(set.rule?.destPortFrom, 2222);
      const { rules } = await instance.listSecurityGroupRules({ securityGroupId });
      assert.deepEqual(
        rules.map(({ editable }) => editable),
        [...MAIL.map(() => false), true],
      );
      await instance.deleteSecurityGroupRule({ securityGroupId, securityGroupRuleId });
      assert.equal((await instance.listSecurityGroupRules({ securityGroupId })).rules.length, MAIL.length);
      await assert.rejects(instance.getSecurityGroupRule({ securityGroupId, securityGroupRuleId }), {
        name: "ResourceNotFoundError",
      });
    });

    test("all rules are replaced at once; those for mail stay", async (t) => {
      const { api: instance } = await begin(t);
      const { id: securityGroupId } = await aSecurityGroup(instance);
      await instance.createSecurityGroupRule({ securityGroupId, ...SSH });
      const { rules } = await instance.setSecurityGroupRules({
        securityGroupId,
        rules: [
          { ...SSH, ipRange: "1.1.1.1/32", position: 1 },
          { ...SSH, destPortFrom: 443, position: 2 },
        ],
      });
      assert.deepEqual(
        rules
          .slice(MAIL.length)
          .map(({ ipRange, destPortFrom, position }) => [ipRange, destPortFrom, position]),
        [
          ["1.1.1.1", 22, 1],
          ["10.0.0.0/8", 443, 2],
        ],
      );
    });

    test("the default rules are those for mail", async (t) => {
      const { api: instance } = await begin(t);
      const { rules } = await instance.listDefaultSecurityGroupRules();
      assert.deepEqual(
        rules.map(({ destPortFrom }) => destPortFrom),
        MAIL,
      );
    });
  });
}

/** Ports that the cloud shuts for IPv4, then for IPv6. */
const MAIL = [25, 465, 587, 25, 465, 587];

const SSH = {
  action: "accept",
  protocol: "TCP",
  direction: "inbound",
  ipRange: "10.0.0.0/8",
  destPortFrom: 22,
  position: 1,
  editable: true,
} as const;
