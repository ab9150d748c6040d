import type { CreateInstanceInput } from "../api/create-instance.ts";
import { isIdempotencyKey } from "../api/is-idempotency-key.ts";
import type { ProblemItem } from "../api/problem.ts";
import { parseDuration } from "../lifecycle/duration.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import type { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { durationProblems } from "./duration-option.ts";
import { environmentAccount } from "./environment-account.ts";
import { readReady } from "./read-ready.ts";
import { readPublicKey } from "./read-public-key.ts";
import { readVolume } from "./read-volume.ts";
import { readUserData } from "./read-user-data.ts";
import { UserError } from "../api/user-error.ts";
import { showOrWait, waitOption } from "./wait-option.ts";

const ATTEMPTS = 3;

export const create: Command = {
  summary: "Make an instance that ends on time",
  usage: ["[--name NAME] [--lifetime 1h] [--type TYPE] [--image IMAGE] [--user-data FILE] [--wait] …"],
  takes: [0, 0],
  options: {
    name: { value: "NAME", field: "name", help: "how you call it (default: one is made up)" },
    lifetime: {
      value: "DURATION",
      short: "d",
      field: "lifetime",
      help: "when it ends, from now: 90s, 30m, 2h, 1d (default: 1h)",
    },
    duration: { value: "DURATION", help: "the same as --lifetime" },
    "max-lifetime": {
      value: "DURATION",
      field: "maxLifetime",
      help: "how far it may be extended, from now (default: 7d)",
    },
    "on-expiry": {
      value: "delete|stop",
      field: "onExpiry",
      help: "what its deadline does (default: delete)",
    },
    retain: {
      value: "DURATION",
      field: "retain",
      help: "how long a stopped one is kept before it is deleted (default: 1d)",
    },
    type: {
      value: "TYPE",
      field: "type",
      help: "type of machine, see mayfly types (default: DEV1-S; on aws t3.micro)",
    },
    image: {
      value: "IMAGE",
      field: "image",
      help: "image, see mayfly images (default: ubuntu_noble; on aws ubuntu-24.04)",
    },
    zone: { value: "ZONE", field: "zone", help: "where (default: the account's default zone)" },
    provider: { value: "scaleway|aws", field: "provider", help: "at which cloud (default: the only one)" },
    account: { value: "NAME", field: "account", help: "with whose credentials (default: the only ones)" },
    "user-data": { value: "FILE", field: "userData", help: "cloud-init; - reads standard input" },
    "root-volume": {
      value: "GB",
      field: "rootVolumeGb",
      help: "size of the root volume (default: what the image brings)",
    },
    "security-group": {
      value: "NAME",
      field: "securityGroup",
      help: "security group (default: the project's)",
    },
    network: {
      value: "NAME",
      field: "network",
      help: "private network; made if there is none, for as long as an instance wants it",
    },
    firewall: {
      value: "NAME",
      field: "firewall",
      help: "firewall; made if there is none (lets SSH in), for as long as an instance wants it",
    },
    volume: {
      value: "NAME[:SIZE]",
      field: "volumes",
      multiple: true,
      help: "data:20GB is made and deleted with it; data alone stood before, and stays",
    },
    "ssh-key": {
      value: "FILE",
      field: "sshKeys",
      multiple: true,
      help: "a public key that is let in; may be given several times",
    },
    ready: {
      value: "cloud|ssh|cloud-init",
      field: "ready",
      help: "what makes it running: the cloud says so, SSH answers, cloud-init ended well (default: cloud)",
    },
    "no-failsafe": {
      field: "failsafe",
      help: "the machine does not shut itself down a while after its deadline, should nobody else do it (aws)",
    },
    "provision-timeout": {
      value: "DURATION",
      field: "provisionTimeout",
      help: "give up, and delete what was made, when it is not ready by then (default: 10m)",
    },
    ipv6: { field: "ipv6", help: "with a routed IPv6 address" },
    "no-ipv4": { field: "ipv4", help: "without an IPv4 address" },
    tag: { value: "TAG", field: "tags", multiple: true, help: "a tag; may be given several times" },
    ...waitOption,
    "idempotency-key": {
      value: "KEY",
      help: "a repeat with the same key answers the same instance (default: a fresh one)",
    },
  },
  details: `If no service runs for this home, one is started in the background: a deadline needs someone to keep it.
Credentials come from SCW_ACCESS_KEY, SCW_SECRET_KEY and SCW_DEFAULT_PROJECT_ID, .env, or ~/.config/scw/config.yaml; those
for AWS from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or ~/.aws, with AWS_REGION;
to try mayfly without any, run npm start in a clone of it.`,
  async run(context, given) {
    const input = requestOf(given);
    const idempotencyKey = given.text("idempotency-key") ?? crypto.randomUUID();
    const account =
      given.text("account") === undefined
        ? await environmentAccount(context.env, given.text("provider"))
        : undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        return await withService(
          context,
          async (client) => {
            const instance = await client.create(input, { idempotencyKey });
            return showOrWait(context, given, { client, instance, goal: "running", ...patience(given) });
          },
          { start: "always", ...(account && { account }) },
        );
      } catch (error) {
        // The same key: what was made by an answer that got lost is answered again.
        if (!(error instanceof ServiceUnreachable) || attempt === ATTEMPTS) throw error;
      }
    }
  },
};

/** As long as it may take to be ready, and to be given up. */
function patience(given: Arguments): { timeoutMs?: number } {
  const provisionMs = parseDuration(given.text("provision-timeout") ?? "") ?? 0;
  return provisionMs > 600_000 ? { timeoutMs: provisionMs + 300_000 } : {};
}

/** The request; what this side can judge is judged before a service is started for it. */
function requestOf(given: Arguments): CreateInstanceInput {
  const problems: ProblemItem[] = durationProblems(given, [
    "lifetime",
    "duration",
    "max-lifetime",
    "retain",
    "provision-timeout",
  ]);
  const rootVolume = given.text("root-volume");
  if (rootVolume !== undefined && !/^[1-9]\d{0,5}$/.test(rootVolume))
    problems.push({
      path: "--root-volume",
      message: `"${rootVolume}" is not a number of GB`,
      suggestion: "write it like 20",
    });
  const onExpiry = given.text("on-expiry");
  if (onExpiry !== undefined && onExpiry !== "delete" && onExpiry !== "stop")
    problems.push({ path: "--on-expiry", message: `"${onExpiry}" is neither delete nor stop` });
  if (given.text("retain") !== undefined && (onExpiry ?? "delete") === "delete")
    problems.push({
      path: "--retain",
      message: "nothing is kept: its deadline deletes it",
      suggestion: "with --on-expiry stop it is stopped, and kept so long",
    });
  const ready = readReady(given.text("ready"));
  if (typeof ready === "object") problems.push(ready);
  const userDataFile = given.text("user-data");
  const userData = userDataFile === undefined ? undefined : readUserData(userDataFile);
  if (typeof userData === "object") problems.push(userData);
  const volumes = given.texts("volume").map(readVolume);
  problems.push(...volumes.filter((volume) => "path" in volume));
  const sshKeys = given.texts("ssh-key").map(readPublicKey);
  problems.push(...sshKeys.filter((key) => typeof key !== "string"));
  const key = given.text("idempotency-key");
  if (key !== undefined && !isIdempotencyKey(key))
    problems.push({
      path: "--idempotency-key",
      message: "is not 1 to 255 printable ASCII characters",
      suggestion: "give a UUID",
    });
  if (problems.length > 0) throw new UserError("usage", { exitCode: 2, problems });

  return {
    name: given.text("name"),
    account: given.text("account"),
    provider: given.text("provider"),
    zone: given.text("zone"),
    type: given.text("type"),
    image: given.text("image"),
    userData: userData as string | undefined,
    lifetime: given.text("lifetime") ?? given.text("duration"),
    maxLifetime: given.text("max-lifetime"),
    onExpiry: onExpiry as "delete" | "stop" | undefined,
    retain: given.text("retain"),
    ready: ready as CreateInstanceInput["ready"],
    failsafe: given.flag("no-failsafe") ? false : undefined,
    provisionTimeout: given.text("provision-timeout"),
    ipv4: given.flag("no-ipv4") ? false : undefined,
    ipv6: given.flag("ipv6") ? true : undefined,
    rootVolumeGb: rootVolume === undefined ? undefined : Number(rootVolume),
    securityGroup: given.text("security-group"),
    network: given.text("network"),
    firewall: given.text("firewall"),
    volumes: volumes as { name: string; sizeGb?: number }[],
    sshKeys: sshKeys as string[],
    tags: given.texts("tag"),
  };
}
