import { failsafeProgram } from "./failsafe-program.ts";
import type { FailsafeOptions } from "./failsafe-program.ts";

export interface FailsafeHookOptions extends FailsafeOptions {
  /** Where the program is put. @default "/run", which every boot finds empty */
  folder?: string;
}

/**
 * The boothook that starts the failsafe at every boot: as a service of its own, which is started again should it end; where
 * there is no systemd, as a process of its own. It needs what cloud-init itself is made of: Python 3.
 */
export function failsafe(options: FailsafeHookOptions = {}): string {
  const { folder = "/run" } = options;
  return `#cloud-boothook
#!/bin/sh
# From Mayfly: ends this machine a while after its deadline, the tag mayfly:expires, should nobody else do it.
# "mayfly create --no-failsafe" leaves it out.
python=$(command -v python3 || command -v /usr/libexec/platform-python) || exit 0
program=${folder}/mayfly-failsafe.py
cat > "$program" <<'END'
${failsafeProgram(options)}END
about="shuts down a while after the deadline in the tag mayfly:expires"
systemd-run --no-block --unit=mayfly-failsafe --description="$about" -p Restart=always -p RestartSec=60 \\
  "$python" "$program" </dev/null >/dev/null 2>&1 && exit 0
setsid "$python" "$program" </dev/null >/dev/null 2>&1 &
`;
}
