import type { MachineRef, Marks } from "../provider.ts";
import { attempt } from "./attempt.ts";
import type { Clients } from "./clients.ts";
import { describe } from "./describe.ts";
import { changingTags, readMarks } from "./marks.ts";
import { regionOf } from "./region-of.ts";

/** Tags are set one by one, so the others stay. A machine that lost our mark is not marked again: somebody took it over. */
export function mark(clients: Clients, { id, zone }: MachineRef, marks: Marks): Promise<void> {
  return attempt(`mark ${id} on aws ${zone}`, async () => {
    const region = regionOf(zone);
    const filters = [{ Name: "instance-id", Values: [id] }];
    const [instance] = await describe.instances(await clients.ec2("read", region), filters);
    if (readMarks(instance?.Tags).owner !== marks.owner) return;
    const ec2 = await clients.ec2("create", region);
    await ec2.createTags({ Resources: [id], Tags: changingTags(marks) });
  });
}
