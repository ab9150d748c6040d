// The rules of this house that no ready-made linter knows: time and chance come from ports, modules hold no state.

const banned = {
  Date: new Set(["now"]),
  Math: new Set(["random"]),
  performance: new Set(["now"]),
  AbortSignal: new Set(["timeout"]),
  crypto: new Set(["randomUUID", "getRandomValues"]),
};
const timers = new Set(["setTimeout", "setInterval", "setImmediate"]);
const advice =
  "take `Clock` or `Random` as an argument: a simulated world cannot hold what it does not hand out";

const noAmbientTime = {
  create: (context) => ({
    MemberExpression(node) {
      const { object, property } = node;
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      if (banned[object.name]?.has(property.name))
        context.report({ node, message: `${object.name}.${property.name}: ${advice}` });
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0)
        context.report({ node, message: `new Date(): ${advice}` });
    },
    CallExpression(node) {
      const name = node.callee.type === "Identifier" ? node.callee.name : undefined;
      if (name !== undefined && timers.has(name)) context.report({ node, message: `${name}(): ${advice}` });
      if (name === "randomUUID" || name === "randomBytes")
        context.report({ node, message: `${name}(): ${advice}` });
    },
    ImportDeclaration(node) {
      if (/^(node:)?timers(\/promises)?$/.test(node.source.value))
        context.report({ node, message: `${node.source.value}: ${advice}` });
    },
  }),
};

const noModuleState = {
  create: (context) => ({
    Program(program) {
      for (const statement of program.body) {
        const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
        if (declaration?.type === "VariableDeclaration" && declaration.kind === "let")
          context.report({
            node: declaration,
            message: "mutable module state: hold it in what a factory returns",
          });
      }
    },
  }),
};

export default {
  meta: { name: "house" },
  rules: { "no-ambient-time": noAmbientTime, "no-module-state": noModuleState },
};
