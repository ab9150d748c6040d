import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Says where a method's answer is not what the SDK's declarations promise: `Ip.address: null is no string`. */
export type Disappointments = (method: string, answer: unknown) => string[];

interface Field {
  type: string;
  optional: boolean;
}

interface Declarations {
  /** What each method resolves to. */
  answers: ReadonlyMap<string, string>;
  objects: ReadonlyMap<string, ReadonlyMap<string, Field>>;
  choices: ReadonlyMap<string, readonly string[]>;
}

/**
 * The SDK copies what it is sent without looking, so that an answer without a field, or with a state that the SDK does not
 * know, goes unnoticed: this looks. It reads the generated declarations, which are regular.
 *
 * @param version of the API, as its folder in the package: `v1`
 */
export function promisedTypes(packageName: string, version: string): Disappointments {
  const root = join(dirname(fileURLToPath(import.meta.resolve(packageName))), version);
  const read = (file: string): string =>
    readFileSync(join(root, file), "utf8").replaceAll(/\/\*.*?\*\//gs, "");
  const types = read("types.gen.d.ts");
  const declarations: Declarations = {
    answers: new Map(
      matches(/(\w+): \(request.*?\) => Promise<(.+?)>(?:;| & \{)/g, read("api.gen.d.ts")).map(
        ([name, type]) => [name.replace(/^_/, ""), type],
      ),
    ),
    objects: new Map(
      matches(/export (?:interface|type) (\w+) (?:= )?(\{.*?^\})/gms, types).map(([name, body]) => [
        name,
        fieldsOf(body),
      ]),
    ),
    choices: new Map(
      matches(/export type (\w+) = ('.*?');/g, types).map(([name, union]) => [
        name,
        matches(/'(.*?)'()/g, union).map(([choice]) => choice),
      ]),
    ),
  };
  return (method, answer) => {
    const type = declarations.answers.get(method);
    if (type === undefined) return [];
    const isEmpty = type !== "void" && Object.values(answer ?? {}).every((field) => field === undefined);
    return isEmpty ? [`${method}: nothing`] : unlike(declarations, { type, optional: false }, answer, method);
  };
}

function matches(pattern: RegExp, text: string): [string, string][] {
  return [...text.matchAll(pattern)].map(([, first = "", second = ""]) => [first, second]);
}

function fieldsOf(body: string): Map<string, Field> {
  return new Map(
    matches(/^ +(\w+\??): (.+);$/gm, body).map(([name, type]) => [
      name.replace("?", ""),
      { type, optional: name.endsWith("?") || type.endsWith("| null") },
    ]),
  );
}

/** @param at the type and field that holds the value */
function unlike(known: Declarations, { type, optional }: Field, value: unknown, at: string): string[] {
  if (value === undefined || value === null)
    return optional || type === "void" ? [] : [`${at}: ${value} is no ${type}`];
  if (type.endsWith("[]"))
    return Array.isArray(value)
      ? value.flatMap((item) => unlike(known, { type: type.slice(0, -2), optional: false }, item, at))
      : [`${at}: ${typeof value} is no ${type}`];
  const map = /^Record<string, (.+)>$/.exec(type)?.[1];
  if (map !== undefined)
    return Object.values(value).flatMap((item) => unlike(known, { type: map, optional: false }, item, at));
  const choices = known.choices.get(type);
  if (choices)
    return choices.includes(String(value)) ? [] : [`${at}: ${JSON.stringify(value)} is no ${type}`];
  const fields = known.objects.get(type);
  if (fields)
    return [...fields].flatMap(([name, field]) =>
      unlike(known, field, (value as Record<string, unknown>)[name], `${type}.${name}`),
    );
  return isPlain(type, value) ? [] : [`${at}: ${JSON.stringify(value)} is no ${type}`];
}

function isPlain(type: string, value: unknown): boolean {
  switch (type) {
    case "Date":
      return value instanceof Date;
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    case "ScwZone":
    case "ScwRegion":
      return typeof value === "string";
    default:
      return typeof value === "object"; // Declared in another package: money, files.
  }
}
