import { limits } from "./limits.ts";
import type { ProblemItem } from "./problem.ts";
import { printable } from "./printable.ts";
import { readSwimFields } from "./swim-fields.ts";
import type { SwimFields } from "./swim-fields.ts";

/** What a web app asks of SWIM: one machine, for a user's lab. */
export interface SwimOrder {
  /** The machine's name in the cloud, exactly. */
  serverName: string;
  serverType: string;
  securityGroup: string;
  /** A label, or the cloud's id of an image. */
  image: string;
  webUsername: string;
  webLabId: number;
  ttlMinutes: number;
  /** The file's path is somebody else's word: it is read from one folder only. */
  cloudInit: { file: string } | { content: string };
}

const MOST_MINUTES = Math.floor(limits.maxLifetimeMs / 60_000);
const LONGEST_PATH = 4_096;
const WORD = /^[\w.:-]+$/;

/** The order in a payload, or all that is wrong with it. Keys go by any case; what is unknown is ignored. */
export function readSwimOrder(payload: string): SwimOrder | ProblemItem[] {
  const fields = readSwimFields(payload, NAMES);
  if (Array.isArray(fields)) return fields;
  const problems: ProblemItem[] = [];
  const told = <T>(found: T | ProblemItem): T => {
    if (isProblem(found)) problems.push(found);
    return found as T;
  };
  const text = (name: string, most: number, word?: RegExp) => told(textOf(fields, name, most, word));
  const number = (name: string, most: number) => told(numberOf(fields, name, most));

  const order: SwimOrder = {
    serverName: text("ServerName", limits.machineNameLength),
    serverType: text("ServerType", 128, WORD),
    securityGroup: text("SecurityGroupName", 128),
    image: text("ImageID", 128, WORD),
    webUsername: text("WebUsername", limits.tagLength - "webuser:".length),
    webLabId: number("WebLabID", Number.MAX_SAFE_INTEGER),
    ttlMinutes: number("TTLMinutes", MOST_MINUTES),
    cloudInit: told(cloudInitOf(fields)),
  };
  return problems.length > 0 ? problems : order;
}

/** Each with the other words by which it may come. */
const NAMES = {
  ServerName: [],
  ServerType: ["InstanceType"],
  SecurityGroupName: [],
  ImageID: [],
  WebUsername: [],
  WebLabID: ["LabID"],
  TTLMinutes: [],
  CloudInitFile: [],
  CloudInitContent: [],
} as const;

function cloudInitOf(fields: SwimFields): SwimOrder["cloudInit"] | ProblemItem {
  const { CloudInitContent: content } = fields;
  if (content === undefined || content === "") {
    const file = textOf(fields, "CloudInitFile", LONGEST_PATH);
    return typeof file === "string" ? { file } : file;
  }
  const path = "CloudInitContent";
  if (typeof content !== "string") return { path, message: "is not a string" };
  const bytes = new TextEncoder().encode(content).length;
  if (bytes <= limits.userDataBytes) return { content };
  return {
    path,
    message: `has ${bytes} bytes, at most ${limits.userDataBytes} fit`,
    suggestion: "let cloud-init fetch the rest: #include and a URL",
  };
}

function textOf(fields: SwimFields, path: string, most: number, word?: RegExp): string | ProblemItem {
  const value = fields[path];
  if (value === undefined || value === "") return { path, message: "is missing" };
  if (typeof value !== "string") return { path, message: "is not a string" };
  if (value.length > most) return { path, message: `has more than ${most} characters` };
  if (printable(value) !== value) return { path, message: "has characters that cannot be seen" };
  if (word && !word.test(value)) return { path, message: `"${value}" is no such name` };
  return value;
}

function numberOf(fields: SwimFields, path: string, most: number): number | ProblemItem {
  const value = fields[path];
  if (value === undefined) return { path, message: "is missing" };
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    return { path, message: "is not a whole number" };
  if (value < 1) return { path, message: `is ${value}, and has to be 1 at least` };
  if (value > most) return { path, message: `is ${value}, and may be ${most} at most` };
  return value;
}

const isProblem = (found: unknown): found is ProblemItem =>
  typeof found === "object" && found !== null && "message" in found;
