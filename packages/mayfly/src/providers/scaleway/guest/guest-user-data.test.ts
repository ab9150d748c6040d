import assert from "node:assert/strict";
import { test } from "node:test";
import { partsOfMessage } from "../../../testing/parts-of-message.ts";
import { noPython } from "../../../testing/no-python.ts";
import { guestUserData } from "./guest-user-data.ts";
import { reporter } from "./reporter.ts";

const joined = (userData: string | undefined) => guestUserData({ userData, ready: "cloud-init" })!;

const partsOf = (message: string) =>
  partsOfMessage(message).map(({ type, name, text }) => ({ type, name, text }));

const OURS = { type: "text/cloud-boothook", name: "mayfly-report", text: reporter() };

test("user data that nobody waits for is what the user gave", () => {
  for (const ready of ["cloud", "ssh"] as const) {
    assert.equal(guestUserData({ userData: "#cloud-config\n", ready }), "#cloud-config\n");
    assert.equal(guestUserData({ ready }), undefined);
  }
});

for (const [what, text] of Object.entries({
  "cloud-config": "#cloud-config\npackages: [git]\n",
  "what has no last line end": "#!/bin/sh\necho hi",
  "what ends in empty lines": "#!/bin/sh\necho hi\n\n\n",
  "what is not ASCII": "#cloud-config\n# é ☃ 😀\nruncmd: [echo]\n",
  "Windows line ends": "#cloud-config\r\npackages: [git]\r\n",
  "what looks like a message": "#!/bin/sh\n\nFrom me\n--x\nContent-Type: no\n\tTab\n",
  "a template": "## template: jinja\n#cloud-config\nhostname: {{ v1.instance_id }}\n",
  "an include": "#include\nhttps://example.org/one\n",
  "a boothook": "#cloud-boothook\n#!/bin/sh\ntrue\n",
  "a very long line": `#!/bin/sh\n# ${"x".repeat(20_000)}\n`,
  "a control": "#!/bin/sh\n# \u0000\u000c\u2028\n",
  nothing: "",
}))
  test(`${what} arrives as it is, typed by its first line, behind the reporter`, { skip: noPython() }, () =>
    assert.deepEqual(partsOf(joined(text)), [OURS, { type: "text/x-not-multipart", name: "part-001", text }]),
  );

test("without user data the reporter is alone", { skip: noPython() }, () =>
  assert.deepEqual(partsOf(joined(undefined)), [OURS]),
);

const MESSAGE = `Content-Type: multipart/mixed; boundary="==B=="
MIME-Version: 1.0

--==B==
Content-Type: text/cloud-config

#cloud-config
--==B==
Content-Type: text/x-shellscript
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="run.sh"

${Buffer.from("#!/bin/sh\necho é\n").toString("base64")}
--==B==--
`;

for (const first of ["", "From nobody Sat Jan  1 00:00:00 2022\n"])
  test(
    `a message of the user's own keeps its parts${first && ", with an envelope too"}`,
    { skip: noPython() },
    () =>
      assert.deepEqual(partsOf(joined(first + MESSAGE)), [
        OURS,
        { type: "text/cloud-config", name: null, text: "#cloud-config" },
        { type: "text/x-shellscript", name: "run.sh", text: "#!/bin/sh\necho é\n" },
      ]),
  );

test("the user's part stands there as it was given", () => {
  for (const text of ["#cloud-config\npackages: [git]\n", MESSAGE]) assert.ok(joined(text).includes(text));
});

test("the same user data is joined to the same text, with a line between parts that is in none", () => {
  const once = joined(MESSAGE);
  assert.equal(joined(MESSAGE), once);
  const boundary = /boundary="(mayfly-[0-9a-f]{32})"/.exec(once)![1]!;
  // What was joined before, and comes once more, has that line in it.
  const again = joined(once);
  assert.ok(!again.startsWith(`Content-Type: multipart/mixed; boundary="${boundary}"`));
});
