export interface ReporterOptions {
  /** @default 2 */
  firstPauseS?: number;
  /** Below 1024, which root alone may take; above what services listen on by habit. @default [600, 1023] */
  sourcePorts?: readonly [first: number, last: number];
  /** `[host, port]` of the metadata service. @default its IPv4 address and its IPv6 one */
  hosts?: readonly (readonly [string, number])[];
  /** @default "/var/log/cloud-init-output.log" */
  log?: string;
}

/** Under which key of its user data a guest reports; see `readReport` for what. */
export const REPORT_KEY = "mayfly-report";

/** How much of the log's end is reported. */
const LOG_BYTES = 4_096;

/**
 * The boothook by which a guest reports about itself: it starts at once a process of its own that waits until cloud-init
 * has ended, and writes how into the server's user data. No connection comes in, no credential goes along: the metadata
 * service knows the server by its address, and takes changes only from ports below 1024, so from root
 * (https://www.scaleway.com/en/developers/api/instance/user-data). It needs what cloud-init itself is made of: Python 3.
 * It runs at each boot, so that one which cloud-init itself restarted reports in the end.
 */
export function reporter(options: ReporterOptions = {}): string {
  const {
    firstPauseS = 2,
    sourcePorts: [first, last] = [600, 1_023],
    hosts = [
      ["169.254.42.42", 80],
      ["fd00:42::42", 80],
    ],
    log = "/var/log/cloud-init-output.log",
  } = options;
  return `#cloud-boothook
#!/bin/sh
# From Mayfly, for "ready: cloud-init": tells how cloud-init ended, in this server's user data.
python=$(command -v python3 || command -v /usr/libexec/platform-python) || exit 0
"$python" - <<'END'
import http.client, json, os, random, re, subprocess, time

HOSTS = ${JSON.stringify(hosts)}
LOG = ${JSON.stringify(log)}
GIVE_UP_AFTER_S = 3600


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


def until(answer, give_up):
    pause = ${firstPauseS}
    while time.monotonic() < give_up:
        got = answer()
        if got:
            return got
        time.sleep(pause)
        pause = min(30, pause * 2)
    return None


def main():
    detach()
    try:
        status = until(ended, time.monotonic() + GIVE_UP_AFTER_S) or "error"
    except OSError:
        status = "error"
    report = {"version": 1, "status": status}
    if status != "done":
        report["log"] = end_of_log()
    body = json.dumps(report).encode()
    until(lambda: tell(body), time.monotonic() + GIVE_UP_AFTER_S)


main()
END
`;
}
