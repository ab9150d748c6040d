import { bootReporter } from "../../guest/boot-reporter.ts";
import type { ReporterOptions } from "../../guest/boot-reporter.ts";

export interface UserDataReporterOptions extends ReporterOptions {
  /** Below 1024, which root alone may take; above what services listen on by habit. @default [600, 1023] */
  sourcePorts?: readonly [first: number, last: number];
  /** `[host, port]` of the metadata service. @default its IPv4 address and its IPv6 one */
  hosts?: readonly (readonly [string, number])[];
}

/** Under which key of its user data a guest reports. */
export const REPORT_KEY = "mayfly-report";

/**
 * The guest writes into its server's user data. No connection comes in, no credential goes along: the metadata service
 * knows the server by its address, and takes changes only from ports below 1024, so from root
 * (https://www.scaleway.com/en/developers/api/instance/user-data).
 */
export function reporter(options: UserDataReporterOptions = {}): string {
  const {
    sourcePorts: [first, last] = [600, 1_023],
    hosts = [
      ["169.254.42.42", 80],
      ["fd00:42::42", 80],
    ],
  } = options;
  const tell = `
import http.client, random

HOSTS = ${JSON.stringify(hosts)}


def tell(report):
    for host, port in HOSTS:
        for source in random.sample(range(${first}, ${last + 1}), 4):
            there = http.client.HTTPConnection(host, port, timeout=10, source_address=("", source))
            try:
                there.request("PATCH", "/user_data/${REPORT_KEY}", report, {"Content-Type": "text/plain"})
                if there.getresponse().status // 100 == 2:
                    return True
            except (OSError, http.client.HTTPException):
                pass
            finally:
                there.close()
    return False
`;
  return bootReporter({ where: "in this server's user data", tell, longestPauseS: 30 }, options);
}
