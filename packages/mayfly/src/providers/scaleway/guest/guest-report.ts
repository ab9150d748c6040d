import type { MachineRef } from "../../provider.ts";
import type { Account } from "../account.ts";
import { orAbsent } from "../or-absent.ts";
import { attempt } from "../provider-error.ts";
import { REPORT_KEY } from "./reporter.ts";

/** What the guest wrote into its user data; a key that it has not written is a 404. */
export function guestReport(
  account: Account,
  { id: serverId, zone }: MachineRef,
): Promise<string | undefined> {
  return attempt(`read what ${serverId} on scaleway ${zone} reports`, async () => {
    const said: unknown = await orAbsent(() =>
      account.read.instance.getServerUserData({ serverId, zone, key: REPORT_KEY }),
    );
    // What is served as JSON comes parsed, and was not written by our reporter.
    return said === undefined || typeof said === "string" ? said : JSON.stringify(said);
  });
}
