import type { Instancev1 } from "@scaleway/sdk-instance";

/** A new group that lets everything through. */
export async function aSecurityGroup(
  instance: Instancev1.API,
  given: Partial<Instancev1.CreateSecurityGroupRequest> = {},
): Promise<Instancev1.SecurityGroup> {
  const { securityGroup } = await instance.createSecurityGroup({
    name: "web",
    description: "the front",
    stateful: true,
    ...given,
  });
  return securityGroup!;
}
