import type { Where } from "../api/resource-commands.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import type { ResourceView } from "../api/resource-view.ts";
import { UserError } from "../api/user-error.ts";
import { ApiProblem } from "../client/api-problem.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";
import { exitCodeOfStatus } from "./exit-code.ts";
import { withAccount } from "./with-account.ts";

/** Deletes each of them that can be deleted; then throws what is wrong with the others. */
export async function deleteResources<K extends ResourceKind>(
  context: Context,
  given: Arguments,
  options: { kind: K; where: Where },
): Promise<number> {
  const { kind, where } = options;
  const references = [...new Set(given.positionals)];
  const deleted: ResourceView<K>[] = [];
  const refused: { reference: string; problem: ApiProblem }[] = [];
  try {
    for (const reference of references) {
      const query = { ...where, force: given.flag("force") };
      const one = withAccount(context, given, (client) => client.deleteResource(kind, reference, query));
      await one.then(
        (thing) => {
          deleted.push(thing);
          if (!context.json) context.out(`${kind} ${thing.name} (${thing.id}) is gone`);
        },
        (error: unknown) => {
          if (!(error instanceof ApiProblem)) throw error;
          refused.push({ reference, problem: error });
        },
      );
    }
  } finally {
    if (context.json) context.out(JSON.stringify({ deleted }));
  }
  const [first] = refused;
  if (first === undefined) return 0;
  if (references.length === 1) throw first.problem;
  throw new UserError(`${refused.length} of ${references.length} ${kind}s were not deleted`, {
    exitCode: exitCodeOfStatus(first.problem.status),
    problems: refused.map(({ reference, problem }) => ({
      path: reference,
      message: problem.message,
      suggestion: problem.problems[0]?.suggestion,
    })),
  });
}
