export interface FailsafeOptions {
  /**
   * Epoch seconds before which it never shuts down, whatever the tag says: for a guest that may not see its tag change.
   * @default 0
   */
  notBeforeS?: number;
  /** How long after the deadline, and after its own start. @default 900 */
  graceS?: number;
  /** How often it looks. @default 60 */
  everyS?: number;
  /** `[host, port]` of the metadata service. @default ["169.254.169.254", 80] */
  host?: readonly [string, number];
}

/** Longer than the longest pause between two tries to write a mark: Mayfly is first, and an extend has arrived. */
const GRACE_S = 900;

/**
 * Python that shuts its machine down a while after the deadline in its tag, read by IMDSv2
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html). What it cannot read, or make sense of, it
 * asks for again and shuts nothing down: a machine without our mark is let go. The earlier of two clocks decides, its own
 * and the one by which the metadata service dates its answers; without the second there is no end.
 */
export function failsafeProgram(options: FailsafeOptions = {}): string {
  const { notBeforeS = 0, graceS = GRACE_S, everyS = 60, host = ["169.254.169.254", 80] } = options;
  return `import calendar, email.utils, http.client, re, subprocess, sys, time

HOST, PORT = ${JSON.stringify(host[0])}, ${host[1]}
NOT_BEFORE_S = ${notBeforeS}
GRACE_S = ${graceS}
EVERY_S = ${everyS}


def ask(method, path, headers):
    there = http.client.HTTPConnection(HOST, PORT, timeout=10)
    try:
        there.request(method, path, headers=headers)
        answer = there.getresponse()
        body = answer.read(1024).decode("utf-8", "replace").strip()
    finally:
        there.close()
    if answer.status != 200:
        raise ValueError("%s is answered %d" % (path, answer.status))
    return body, answer.getheader("Date")


def look():
    token, _ = ask("PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    tag, date = ask("GET", "/latest/meta-data/tags/instance/mayfly:expires", {"X-aws-ec2-metadata-token": token})
    if not re.match("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", tag, re.ASCII):
        raise ValueError("the tag is no time: %r" % tag)
    deadline = calendar.timegm(time.strptime(tag, "%Y-%m-%dT%H:%M:%SZ"))
    dated = email.utils.parsedate_tz(date or "")
    if dated is None:
        raise ValueError("the answer is not dated: %r" % date)
    return deadline, min(time.time(), email.utils.mktime_tz(dated))


told = ""


def tell(what):
    global told
    if what != told:
        print("mayfly: " + what, file=sys.stderr, flush=True)
    told = what


def is_over():
    try:
        deadline, now = look()
    except (OSError, http.client.HTTPException, ValueError, OverflowError) as error:
        tell("no deadline to go by, so nothing ends: %s" % error)
        return False
    ends = max(deadline, NOT_BEFORE_S) + GRACE_S
    tell("shuts down at %s UTC, unless something else is first" % time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(ends)))
    return now >= ends


def shut_down():
    tell("the deadline has passed, and nobody has ended this machine: it shuts itself down")
    for command in (["shutdown", "-P", "now"], ["systemctl", "poweroff"], ["poweroff"]):
        try:
            if subprocess.call(command) == 0:
                return
        except OSError:
            pass


began = time.monotonic()
times = 0
while True:
    # One answer may be older than the tag; and who has just started this machine needs a while to move its deadline.
    times = times + 1 if is_over() else 0
    if times >= 2 and time.monotonic() - began >= GRACE_S:
        shut_down()
    time.sleep(EVERY_S)
`;
}
