// Writes docs/reference/alchemy from the doc comments of packages/alchemy: `node scripts/alchemy-docs.mjs`.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./root.mjs";

const sources = join(root, "packages", "alchemy", "src");
const folder = join(root, "docs", "reference", "alchemy");

/** The seed's next ones, which are no resources yet. */
const MISSING =
  "LoadBalancerBackend LoadBalancerFrontend Function ContainerNamespace Container K8sCluster IamApiKey RegistryNamespace DomainRecord";

/** Every page, by its file's name. Throws for what is not documented. */
export function pages() {
  const files = readdirSync(join(sources, "resources"), { recursive: true })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => readFileSync(join(sources, "resources", file), "utf8"));
  const interfaces = new Map(files.flatMap(interfacesIn));
  const common = new Map(interfacesIn(readFileSync(join(sources, "common-props.ts"), "utf8"))).get(
    "CommonProps",
  );
  const registered = [
    ...readFileSync(join(sources, "engine", "resources.ts"), "utf8").matchAll(
      /export const (\w+) = adapt\((\w+)\)/g,
    ),
  ];
  const resources = registered
    .map(([, name, constant]) => resourceOf(name, constant, files, interfaces))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const shared = [...interfaces].filter(
    ([name]) => !resources.some((each) => [each.name, `${each.name}Props`].includes(name)),
  );
  return new Map([
    ["README.md", indexPage(resources, common)],
    ...resources.map((each) => [`${each.file}.md`, resourcePage(each, shared)]),
  ]);
}

function resourceOf(name, constant, files, interfaces) {
  const kind = files
    .map(
      (text) =>
        new RegExp(`/\\*\\*([^/]|/(?!\\*\\*))*?\\*/\nexport const ${constant}: Kind<`).exec(text) && text,
    )
    .find(Boolean);
  if (!kind) throw new Error(`${name}: there is no kind ${constant} with a doc comment`);
  const before = kind.slice(0, kind.indexOf(`export const ${constant}: Kind<`));
  const doc = docOf(before.slice(before.lastIndexOf("/**")));
  const [props, attributes] = [interfaces.get(`${name}Props`), interfaces.get(name)];
  if (!props || !attributes || !doc.example)
    throw new Error(`${name}: its props, attributes or example are not documented`);
  const file = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  return { name, file, props, attributes, doc, isClaimed: /ownedBy: "claim"/.test(kind) };
}

/** Of a doc comment: its words, its default, its example. */
function docOf(comment) {
  const text = comment
    .replace(/^\s*\/\*\*|\*\/\s*$/g, "")
    .replace(/^ *\* ?/gm, "")
    .trim();
  const [rest, example] = text.split(/\n?@example\n/);
  const [said, byDefault] = rest.split(/\s*@default /);
  return { said: said.replace(/\s+/g, " ").trim(), byDefault: byDefault?.trim(), example };
}

/** Those of a file, with their fields. */
function interfacesIn(text) {
  const found = [
    ...text.matchAll(
      /(\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?export interface (\w+)(?: extends [^{]+)? \{\n([\s\S]*?)^\}/gm,
    ),
  ];
  return found.map(([, comment = "", name, body]) => [name, { doc: docOf(comment), fields: fieldsIn(body) }]);
}

function fieldsIn(body) {
  const found = [
    ...body.matchAll(/(?:^ {2}(\/\*\*(?:[^*]|\*(?!\/))*\*\/)\n)?^ {2}(?:readonly )?(\w+)(\?)?: (.+);$/gm),
  ];
  return found.map(([, comment = "", name, optional, type]) => ({
    name,
    type,
    isOptional: optional === "?",
    ...docOf(comment),
  }));
}

const cell = (text) => text.replaceAll("|", "\\|");
const code = (text) => `\`${cell(text)}\``;
const GENERATED = "<!-- Written by scripts/alchemy-docs.mjs from the doc comments; change those. -->\n";

function resourcePage({ name, props, attributes, doc, isClaimed }, shared) {
  for (const { name: field, isOptional, byDefault } of props.fields)
    if (isOptional !== (byDefault !== undefined))
      throw new Error(
        `${name}: the prop ${field} ${isOptional ? "has no @default" : "is required, and has one"}`,
      );
  const used = shared.filter(([type]) =>
    [...props.fields, ...attributes.fields].some((field) => new RegExp(`\\b${type}\\b`).test(field.type)),
  );
  return [
    GENERATED,
    `# ${name}\n`,
    `${attributes.doc.said}\n`,
    "```ts",
    `import { ${name} } from "@mayfly/alchemy";\n`,
    doc.example,
    "```\n",
    `The API behind it: ${doc.said.trim()}\n`,
    "## Props\n",
    propsTable(props.fields),
    "\nAnd [what every resource takes](README.md#what-every-resource-takes).\n",
    "## Attributes\n",
    "| attribute | type | |",
    "| --- | --- | --- |",
    ...attributes.fields.map(
      (field) => `| ${code(field.name)} | ${code(field.type)} | ${cell(field.said)} |`,
    ),
    "",
    ...used.flatMap(([type, { doc, fields }]) => [`## ${type}\n`, `${doc.said}\n`, typeTable(fields), ""]),
    isClaimed
      ? "The cloud gives it no tags in the call that makes it: what an interrupted run made is found again by its name, which was noted in the state before. Something else of that name is refused."
      : "It carries the tag `alchemy:app/stage/id`, by which what an interrupted run made is found again.",
    "",
  ].join("\n");
}

/** Of what is a prop, some fields have defaults. */
const typeTable = (fields) =>
  fields.some(({ byDefault }) => byDefault !== undefined) ? propsTable(fields) : attributesTable(fields);

function attributesTable(fields) {
  return [
    "| attribute | type | |",
    "| --- | --- | --- |",
    ...fields.map(({ name, type, said }) => `| ${code(name)} | ${code(type)} | ${cell(said)} |`),
  ].join("\n");
}

function propsTable(fields) {
  return [
    "| prop | type | default | |",
    "| --- | --- | --- | --- |",
    ...fields.map(
      ({ name, type, byDefault, isOptional, said }) =>
        `| ${code(name)} | ${code(type)} | ${cell(byDefault ?? (isOptional ? "" : "required"))} | ${cell(said)} |`,
    ),
  ].join("\n");
}

function indexPage(resources, common) {
  const row = ({ name, file, props, isClaimed }) => {
    const replacing = props.fields.filter(({ said }) => /[Aa] change replaces it/.test(said));
    const kept = props.fields.filter((field) => !replacing.includes(field) && !/is ignored/.test(field.said));
    const names = (fields) => fields.map((field) => code(field.name)).join(" ") || "–";
    return `| [${name}](${file}.md) | ${names(kept)} | ${names(replacing)} | ${isClaimed ? "name, noted before" : "tag"} |`;
  };
  return [
    GENERATED,
    "# Scaleway resources for Alchemy\n",
    "How to use them: [the guide](../../guide/alchemy.md).\n",
    "| resource | changed in place | a change replaces | found again by |",
    "| --- | --- | --- | --- |",
    ...resources.map(row),
    "",
    "Each has all of `read`, `diff`, `reconcile`, `delete` and `list`, and each is tried by the same suite, on the real engine (alchemy 0.94) and an emulated Scaleway that is judged by recordings of the real one:",
    "",
    "- made, left alone when nothing changed, changed in place, replaced, deleted with all that belongs to it;",
    "- runs that make, change, replace or destroy die before and after every call that changes something; the next run completes it, takes it back, or destroys it, and nothing is left;",
    "- one of the same name that somebody else made is neither taken over nor deleted, and is adopted when that is said (an InstanceIp has no name);",
    "- a delete that fails fails the run, and the next one succeeds; what somebody deleted is made anew.",
    "",
    "None has met a real account yet.",
    "",
    `Not there yet, of the first twenty that were asked for: ${MISSING.split(" ").map(code).join(" ")}.`,
    "",
    "## What every resource takes\n",
    propsTable(common.fields),
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of pages()) writeFileSync(join(folder, file), text);
}
