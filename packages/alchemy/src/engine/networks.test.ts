import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip)
  test(
    "networks, what guards them and what balances in them keep every resource's promises",
    { skip },
    () => {},
  );
else {
  const { suite } = await import("./testing/suite.ts");
  const { aVpc } = await import("../testing/cases/vpc.ts");
  const { aPrivateNetwork } = await import("../testing/cases/private-network.ts");
  const { aSecurityGroup } = await import("../testing/cases/security-group.ts");
  const { aLoadBalancer } = await import("../testing/cases/load-balancer.ts");
  suite(aVpc);
  suite(aPrivateNetwork);
  suite(aSecurityGroup);
  suite(aLoadBalancer);
}
