/** How a guest of one kind of cloud says something to it. */
export interface Reporting {
  /** For who reads the guest's user data: `in this server's user data`. */
  where: string;
  /** Python: defines `tell(report)`, which takes bytes; it is called again, in growing pauses, until it returns something true. */
  tell: string;
  /** Between two times. */
  longestPauseS: number;
}

export interface ReporterOptions {
  /** @default 2 */
  firstPauseS?: number;
  /** How long it waits for cloud-init, and how long it goes on telling. @default 3600 */
  giveUpAfterS?: number;
  /** @default "/var/log/cloud-init-output.log" */
  log?: string;
}

/** How much of the log's end is reported. */
const LOG_BYTES = 4_096;

/**
 * The boothook by which a guest reports about itself: it starts at once a process of its own that waits until cloud-init
 * has ended, and tells how; see `readReport` for what. It needs what cloud-init itself is made of: Python 3. It runs at each
 * boot, so that one which cloud-init itself restarted reports in the end.
 */
export function bootReporter(
  { where, tell, longestPauseS }: Reporting,
  { firstPauseS = 2, giveUpAfterS = 3_600, log = "/var/log/cloud-init-output.log" }: ReporterOptions = {},
): string {
  return `#cloud-boothook
#!/bin/sh
# From Mayfly, for "ready: cloud-init": tells how cloud-init ended, ${where}.
python=$(command -v python3 || command -v /usr/libexec/platform-python) || exit 0
"$python" - <<'END'
import json, os, re, subprocess, time

LOG = ${JSON.stringify(log)}
GIVE_UP_AFTER_S = ${giveUpAfterS}


def detach():
    for step in range(2):
        if os.fork():
            os._exit(0)
        if step == 0:
            os.setsid()
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)


def ended():
    # https://docs.cloud-init.io/en/latest/explanation/return_codes.html
    waiting = subprocess.Popen(
        ["cloud-init", "status", "--wait"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    said = waiting.communicate()[0].decode("utf-8", "replace")
    words = re.findall("status: (.*)", said)
    # Early in a boot the question itself may fail.
    if not words or waiting.returncode < 0 or re.match("running|not ", words[-1]):
        return None
    if "error" in words[-1]:
        return "error"
    if "degraded" in words[-1] or waiting.returncode == 2:
        return "degraded"
    return "done" if waiting.returncode == 0 else "error"


def end_of_log():
    try:
        with open(LOG, "rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(0, size - ${LOG_BYTES}))
            end = log.read(${LOG_BYTES})
    except OSError:
        return ""
    # The first character may be cut in the middle.
    whole = re.sub(b"^[\\x80-\\xbf]{1,3}", b"", end) if size > len(end) else end
    return whole.decode("utf-8", "replace")


${tell.trim()}


def until(answer, longest):
    pause = ${firstPauseS}
    give_up = time.monotonic() + GIVE_UP_AFTER_S
    while time.monotonic() < give_up:
        got = answer()
        if got:
            return got
        time.sleep(pause)
        pause = min(longest, pause * 2)
    return None


def main():
    detach()
    try:
        status = until(ended, 30) or "error"
    except OSError:
        status = "error"
    report = {"version": 1, "status": status}
    if status != "done":
        report["log"] = end_of_log()
    body = json.dumps(report).encode()
    until(lambda: tell(body), ${longestPauseS})


main()
END
`;
}
