import type { TextEdit } from "../plan/plan";
import { insertItems, jsonEdit, member } from "./jsonEdit";

/** Adds config plugins (`expo-sqlite`) to `app.json`; those that are there, with or without options, stay as they are. */
export function appJsonEdit(path: string, plugins: readonly string[]): TextEdit {
  const list = plugins.map((plugin) => JSON.stringify(plugin)).join(", ");
  return jsonEdit({
    path,
    snippet: `{\n  "expo": {\n    "plugins": [${list}]\n  }\n}\n`,
    find(parsed) {
      // Expo also reads an app.json without the "expo" key: then the whole file is the configuration.
      const config = member(parsed.root, "expo") ?? parsed.root;
      if (config.type !== "object") return { strange: '"expo" is no object' };
      const existing = member(config, "plugins");
      if (existing === undefined) {
        const last = (config.children ?? []).length - 1;
        return [insertItems(parsed, config, last, [`"plugins": [${list}]`])];
      }
      if (existing.type !== "array") return { strange: '"plugins" is no list' };
      const names = (existing.children ?? []).map((one): unknown =>
        one.type === "array" ? one.children?.[0]?.value : one.value,
      );
      const missing = plugins.filter((plugin) => !names.includes(plugin));
      if (missing.length === 0) return [];
      const items = missing.map((plugin) => JSON.stringify(plugin));
      return [insertItems(parsed, existing, names.length - 1, items)];
    },
  });
}
