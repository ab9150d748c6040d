import { bootReporter } from "../../guest/boot-reporter.ts";
import type { ReporterOptions } from "../../guest/boot-reporter.ts";
import { REPORT_WORD } from "./console-report.ts";

export interface ConsoleReporterOptions extends ReporterOptions {
  /** @default "/dev/console", where cloud-init writes too */
  console?: string;
}

/**
 * The guest writes a line to its serial console, which only root may do, and which Mayfly reads: no connection comes in, and
 * no credential goes along. It says so again for an hour, in pauses that grow: others write there too, and the console
 * keeps its last 64 KB.
 */
export function consoleReporter(options: ConsoleReporterOptions = {}): string {
  const tell = `
import base64, zlib

CONSOLE = ${JSON.stringify(options.console ?? "/dev/console")}


def tell(report):
    said = base64.b64encode(zlib.compress(report, 9))
    try:
        with open(CONSOLE, "ab") as out:
            out.write(b"\\n${REPORT_WORD}:" + said + b":\\n")
    except OSError:
        pass
    return False
`;
  return bootReporter({ where: "on the serial console", tell, longestPauseS: 900 }, options);
}
