import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { promisedTypes } from "./promised-types.ts";
import { setStage } from "./stage.ts";
import type { ApiClass, Stage } from "./stage.ts";

/** A call of the SDK's: neither what waits, nor what lists call for their pages. */
type Method<A> = Exclude<keyof A & string, "client" | `waitFor${string}`> | `_${string}`;

/** Sets the stage of one test, with the API whose calls are noted. */
export type Begin<A> = (t: TestContext) => Promise<Stage & { api: A }>;

export interface Driving<A> {
  begin: Begin<A>;
  /**
   * The test that comes last: each method of the class was answered in some test before, or stands in the table under the
   * reason why it is not emulated; never both.
   */
  everyMethodIsDriven(notEmulated: Readonly<Record<string, readonly Method<A>[]>>): void;
  /** Every answer so far had what the SDK's types promise; what the real cloud breaks too stands in the table. */
  everyAnswerIsAsPromised(brokenInReality?: Readonly<Record<string, string>>): void;
}

/**
 * Notes which methods of an API the tests of this file got an answer from, and whether it was as the SDK's types promise.
 *
 * @param declared where: the package, and the API's version in it
 */
export function driving<A extends object>(
  Api: ApiClass<A>,
  declared: { package: string; version: string },
): Driving<A> {
  const driven = new Set<string>();
  const methods = new Set<string>();
  const unlike = new Set<string>();
  const disappointments = promisedTypes(declared.package, declared.version);
  const note = (method: string, answer: unknown): void => {
    driven.add(method);
    for (const one of disappointments(method, answer)) unlike.add(one);
  };
  return {
    async begin(t) {
      const stage = await setStage(t);
      const api = stage.use(Api);
      for (const name of methodsOf(api)) methods.add(name);
      return { ...stage, api: noting(api, note) };
    },
    everyMethodIsDriven(notEmulated) {
      test("every method of the SDK's class is driven, or is known not to be emulated", () => {
        const excused: string[] = Object.values(notEmulated).flat();
        const missing = [...methods].filter((name) => !driven.has(name) && !excused.includes(name));
        const needless = excused.filter((name) => driven.has(name) || !methods.has(name));
        assert.notEqual(driven.size, 0);
        assert.deepEqual({ missing, needless }, { missing: [], needless: [] });
      });
    },
    everyAnswerIsAsPromised(brokenInReality = {}) {
      test("every answer has what the SDK's types promise", () => {
        assert.deepEqual([...unlike].sort(), Object.keys(brokenInReality).sort());
      });
    },
  };
}

/** The SDK keeps its methods on the instance. What it hides from TypeScript counts too, unless it is shown under another name. */
function methodsOf(api: object): string[] {
  const names = Object.keys(api).filter((name) => typeof Reflect.get(api, name) === "function");
  const isShown = (name: string): boolean => name.startsWith("_") && names.includes(name.slice(1));
  return names.filter((name) => !/^(pageOf|waitFor)/.test(name) && !isShown(name));
}

/** The same API; a method counts as driven when it was answered, not when it was refused. */
function noting<A extends object>(api: A, note: (method: string, answer: unknown) => void): A {
  return new Proxy(api, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || typeof name !== "string") return value;
      return (...args: unknown[]): unknown => {
        const answer: Promise<unknown> = value.apply(target, args);
        answer.then(
          (value) => note(name, value),
          () => {}, // The test sees the refusal itself.
        );
        return answer;
      };
    },
  });
}
