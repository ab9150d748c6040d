import { Resource } from "alchemy";
import type { Context, State } from "alchemy";
import { claimsOf } from "./claims-of.ts";
import type { Connect } from "../connect.ts";
import { connectFromEnvironment } from "./connect-from-environment.ts";
import type { CommonProps } from "../common-props.ts";
import { deleteLater } from "./delete-later.ts";
import { destroyDependents } from "./destroy-dependents.ts";
import { failRun } from "./fail-run.ts";
import { forgetDeletion } from "./forget-deletion.ts";
import { handle } from "../handle.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { createLogic } from "../logic.ts";
import { inTurn } from "./in-turn.ts";
import { named } from "../named-failure.ts";

/** A resource as programs use it: the id is unique in its scope, what is returned is what the cloud shows. */
export type ResourceFunction<Props, Attributes> = (
  id: string,
  ...props: Record<never, never> extends Props ? [props?: Props] : [props: Props]
) => Promise<Attributes>;

/** Registers a kind with the engine. @param connectTo how its cloud is reached */
export function adapt<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
  connectTo: Connect = connectFromEnvironment,
): ResourceFunction<Props, Attributes> {
  const logic = createLogic(kind);
  const provider = Resource(
    `scaleway::${kind.name}`,
    async function (this: Context<Attributes>, id: string, given: Props | undefined): Promise<Attributes> {
      const { scope, phase, fqn } = this;
      // An interrupted create has an output without anything of ours in it.
      const known = this.output?.id === undefined ? undefined : this.output;
      const props = given ?? ({} as Props);
      const turn = inTurn(scope);
      if (this.isReplacement) turn.over();
      const superseded = async () => {
        const stored: State | undefined = await scope.state.get(id);
        const now = (stored?.output as Partial<CommonAttributes> | undefined)?.id;
        return known !== undefined && now !== undefined && now !== known.id;
      };
      if (phase === "delete" && known !== undefined) await destroyDependents(scope, id, known.id);
      let result: Attributes | undefined;
      try {
        result = await handle(kind, logic, await connectTo(props), props, {
          phase,
          fqn,
          known,
          defaultName: scope.createPhysicalName(id, "-", LONGEST_NAME),
          adopt: scope.adopt,
          isReplacement: this.isReplacement,
          superseded,
          replace: async (first) => {
            await turn.mine();
            return this.replace(first);
          },
          claims: claimsOf(scope, id),
          discard: (thing) =>
            turn.change(() => deleteLater(scope, this.create(thing) as unknown as Resource, props)),
        });
      } catch (error) {
        if (phase === "delete") {
          turn.over();
          if (scope.phase === "destroy") failRun();
        }
        throw named(error, { phase, noun: kind.noun, fqn });
      }
      if (result === undefined) return this.destroy();
      const kept = result.id;
      await turn.change(() => forgetDeletion(scope, kept));
      return this.create(result);
    },
  );
  return provider as unknown as ResourceFunction<Props, Attributes>;
}

/** The shortest that any product takes. */
const LONGEST_NAME = 63;
