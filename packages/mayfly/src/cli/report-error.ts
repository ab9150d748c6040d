import type { ProblemDocument, ProblemItem } from "../api/problem.ts";
import { printable } from "../api/printable.ts";
import type { Context } from "./context.ts";
import { exitCode, exitCodeOfStatus } from "./exit-code.ts";
import { loadCommand } from "./load-command.ts";

/** What every error that people shall read has; told by its name, since the service's has a class of its own. */
interface Readable {
  name: string;
  message: string;
  suggestion?: string;
  exitCode?: number;
  problems?: readonly ProblemItem[];
  document?: ProblemDocument;
}

/** Says what went wrong, where, and what to do instead; answers the exit code. */
export async function reportError(
  context: Context,
  error: unknown,
  command: string | undefined,
): Promise<number> {
  const { code, document, headline, listed, suggestion } = describe(error);
  if (context.json) {
    context.note(JSON.stringify(suggestion === undefined ? document : { ...document, suggestion }));
    return code;
  }
  const items = document.problems ?? [];
  const head = printable(headline ?? "that cannot be done as it is written");
  context.note(`${context.style("red", "mayfly:")} ${head}`);
  const optionOf = await optionsByField(command, items);
  for (const item of items) {
    const where = item.path === "" ? "" : `${optionOf(item.path)}: `;
    if (listed) context.note(`  ${printable(`${where}${item.message}`)}`);
    if (item.suggestion !== undefined)
      context.note(`    ${context.style("dim", printable(item.suggestion))}`);
  }
  if (suggestion !== undefined) context.note(`  ${context.style("dim", printable(suggestion))}`);
  return code;
}

interface Description {
  code: number;
  document: ProblemDocument;
  /** Absent when the problems say it all. */
  headline: string | undefined;
  /** Whether the problems say more than the headline. */
  listed: boolean;
  suggestion?: string | undefined;
}

function describe(error: unknown): Description {
  const known = error instanceof Error ? (error as Readable) : { name: "", message: String(error) };
  if (known.name === "ApiProblem" && known.document) {
    const { document } = known;
    const listed = document.status === 400 && (document.problems ?? []).length > 0;
    const headline = listed ? undefined : document.detail;
    return { code: exitCodeOfStatus(document.status), document, headline, listed };
  }
  const code = known.name === "UserError" ? (known.exitCode ?? exitCode.failed) : exitCode.failed;
  return {
    code,
    document: documentOf(known, code),
    headline: known.message === "usage" ? undefined : known.message,
    listed: true,
    suggestion: known.suggestion ?? suggestionFor(known),
  };
}

const kinds: Readonly<Record<number, { word: string; status: number }>> = {
  [exitCode.usage]: { word: "invalid", status: 400 },
  [exitCode.notFound]: { word: "not_found", status: 404 },
  [exitCode.refused]: { word: "refused", status: 409 },
};

function documentOf({ message, problems = [] }: Readable, code: number): ProblemDocument {
  const { word, status } = kinds[code] ?? { word: "failed", status: 500 };
  const all = problems.map((item) => `${item.path} ${item.message}`).join("; ");
  return {
    type: `/problems/${word}`,
    title: "The command was not carried out",
    status,
    detail: message === "usage" ? all : message,
    ...(problems.length > 0 && { problems: [...problems] }),
  };
}

const suggestionFor = ({ name }: Readable): string | undefined =>
  name === "ServiceUnreachable"
    ? "mayfly service status says whether one runs; its log is service.log in the home"
    : undefined;

/** The API names fields; people wrote options. */
async function optionsByField(
  command: string | undefined,
  items: readonly ProblemItem[],
): Promise<(path: string) => string> {
  const loaded = command === undefined || items.length === 0 ? undefined : await loadCommand(command);
  const options = Object.entries(loaded?.options ?? {});
  return (path) => {
    const [field] = path.split(".");
    const found = options.find(([, option]) => option.field === field);
    return found ? `--${found[0]}` : path;
  };
}
