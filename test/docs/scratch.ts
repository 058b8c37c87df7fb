import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeGeneratedApi } from "../golden/generatedApi";
import { root } from "./pages";

/** A project to follow a page in. */
export interface Scratch {
  readonly folder: string;
  write(path: string, text: string): void;
  /** Writes what `npx convex dev` would: the types of the functions. */
  runConvex(): void;
  remove(): void;
}

const packages = {
  dependencies: {
    convex: "^1.48.0",
    expo: "~57.0.26",
    react: "19.2.3",
    "react-native": "0.86.3",
  },
  devDependencies: { "@types/react": "~19.2.2", typescript: "~6.0.3" },
};

const appFile = `import { StatusBar, StyleSheet, Text, View } from 'react-native';

export default function App() {
  return (
    <View style={styles.container}>
      <Text>Open up App.tsx to start working on your app!</Text>
      <StatusBar />
    </View>
  );
}

const styles = StyleSheet.create({ container: { flex: 1 } });
`;

/** What `create-expo-app --template blank-typescript` leaves, with this repository's packages. `config`: the text of its sync.config.ts. */
export function blankApp(config: string | null): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "sync-gen-docs-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  write("package.json", json({ name: "my-app", private: true, main: "index.ts", ...packages }));
  write("app.json", json({ expo: { name: "my-app", slug: "my-app" } }));
  write("App.tsx", appFile);
  write(
    "tsconfig.json",
    json({
      extends: "expo/tsconfig.base",
      compilerOptions: {
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        types: ["node", "react"],
        paths: { "sync-gen": [join(root, "src/index.ts")] },
      },
      exclude: ["node_modules"],
    }),
  );
  if (config !== null) write("sync.config.ts", config);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    write,
    runConvex: () => {
      mkdirSync(join(folder, "convex/_generated"), { recursive: true });
      writeGeneratedApi(join(folder, "convex"));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
