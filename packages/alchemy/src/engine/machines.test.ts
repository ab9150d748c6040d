import { test } from "node:test";
import { engineMissing } from "./testing/engine-missing.ts";

const skip = engineMissing();
if (skip) test("instances and what they are given keep every resource's promises", { skip }, () => {});
else {
  const { suite } = await import("./testing/suite.ts");
  const { anInstance } = await import("../testing/cases/instance.ts");
  const { anInstanceIp } = await import("../testing/cases/instance-ip.ts");
  const { anInstanceVolume } = await import("../testing/cases/instance-volume.ts");
  const { aPrivateNic } = await import("../testing/cases/private-nic.ts");
  const { anIamSshKey } = await import("../testing/cases/iam-ssh-key.ts");
  suite(anInstance);
  suite(anInstanceIp);
  suite(anInstanceVolume);
  suite(aPrivateNic);
  suite(anIamSshKey);
}
