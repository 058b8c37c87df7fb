import type { TextEdit } from "../plan/plan";
import { findConfig } from "./configTables";
import { appendProperty } from "./objectEdit";
import { keyText, valueOfProperty } from "./objectRead";
import { morph, sourceEdit, splices, strange, unwrap } from "./syntax";

/** Sets an option of `server` in a `sync.config.ts` to true. An option that is there with another value is the user's: it stays. */
export function serverFlagEdit(path: string, option: string): TextEdit {
  const snippet = `server: { …, ${option}: true },\n`;
  return sourceEdit({
    path,
    snippet,
    find: (parsed) => {
      const { Node } = morph();
      const config = findConfig(parsed.source);
      const server = config && valueOfProperty(config, "server");
      if (!server || !Node.isObjectLiteralExpression(server))
        return strange("the options of server are not in a place that can be read");
      const existing = server
        .getProperties()
        .find((one) => !Node.isSpreadAssignment(one) && keyText(one.getNameNode()) === option);
      if (existing === undefined)
        return splices(...appendProperty(parsed, server, `${option}: true`));
      const value = Node.isPropertyAssignment(existing)
        ? unwrap(existing.getInitializerOrThrow())
        : existing;
      return value.getText() === "true"
        ? splices()
        : strange(`it sets ${option} to something else`);
    },
  });
}
