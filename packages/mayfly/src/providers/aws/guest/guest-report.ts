import type { MachineRef } from "../../provider.ts";
import { attempt } from "../attempt.ts";
import type { Clients } from "../clients.ts";
import { hasCode } from "../has-code.ts";
import { regionOf } from "../region-of.ts";
import { consoleReport } from "./console-report.ts";

/**
 * What the guest wrote to its serial console, as it is now: only machines on the Nitro hypervisor show that.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
 */
export function guestReport(clients: Clients, { id, zone }: MachineRef): Promise<string | undefined> {
  return attempt(`read the console of ${id} on aws ${zone}`, async () => {
    const ec2 = await clients.ec2("read", regionOf(zone));
    try {
      const { Output = "" } = await ec2.getConsoleOutput({ InstanceId: id, Latest: true });
      return consoleReport(Buffer.from(Output, "base64").toString("latin1"));
    } catch (error) {
      if (hasCode(error, "InvalidInstanceID.NotFound")) return undefined;
      throw error;
    }
  });
}
