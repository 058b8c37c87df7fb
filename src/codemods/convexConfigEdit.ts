import type { TextEdit } from "../plan/plan";
import { addDefaultImport, importedAs } from "./importEdit";
import { morph, sourceEdit, splices, strange, type Found, type Parsed } from "./syntax";
import { indentAt } from "./textSpans";

const component = "@convex-dev/rate-limiter/convex.config";

const created = `import rateLimiter from "${component}.js";
import { defineApp } from "convex/server";

const app = defineApp();
app.use(rateLimiter);

export default app;
`;

const snippet = `import rateLimiter from "${component}.js";

app.use(rateLimiter);
`;

/** Installs the rate limiter in the user's `convex.config.ts`, or creates that file. */
export function convexConfigEdit(path: string): TextEdit {
  return sourceEdit({ path, create: created, snippet, find: findApp });
}

function findApp(parsed: Parsed): Found {
  const { Node, SyntaxKind } = morph();
  const { source, text, style } = parsed;
  const limiter = source
    .getImportDeclarations()
    .find((one) => one.getModuleSpecifierValue().replace(/\.js$/, "") === component)
    ?.getDefaultImport()
    ?.getText();
  const calls = source.getDescendantsOfKind(SyntaxKind.CallExpression);
  const isUsed = calls.some(
    (call) =>
      /\.use$/.test(call.getExpression().getText()) &&
      limiter !== undefined &&
      call.getArguments()[0]?.getText() === limiter,
  );
  if (isUsed) return splices();

  const defineApp = importedAs(source, "defineApp", "convex/server");
  const declared = source.getVariableDeclarations().find((one) =>
    one
      .getInitializer()
      ?.getText()
      .startsWith(`${String(defineApp)}(`),
  );
  if (defineApp === undefined || !declared)
    return strange("it has no `const app = defineApp()` at its top level");
  const imports =
    limiter === undefined ? addDefaultImport(parsed, "rateLimiter", `${component}.js`) : [];
  if (imports === undefined) return strange("it uses the name rateLimiter for something else");

  const app = declared.getName();
  const last =
    source
      .getStatements()
      .filter(
        (statement) =>
          Node.isExpressionStatement(statement) && statement.getText().startsWith(`${app}.use(`),
      )
      .at(-1) ?? declared.getVariableStatementOrThrow();
  const end = last.getText().endsWith(";") ? ";" : "";
  const base = indentAt(text, last.getStart());
  return splices(...imports, {
    start: last.getEnd(),
    end: last.getEnd(),
    text: `${style.lineEnding}${base}${app}.use(${limiter ?? "rateLimiter"})${end}`,
  });
}
