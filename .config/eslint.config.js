import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The app of the policies runs on code that is made when its tests run. */
const projects = [
  "tsconfig.json",
  "test/e2e/tsconfig.json",
  "test/e2e/policies/tsconfig.json",
  "test/e2e/shared/tsconfig.json",
];

/** Type-checked rules for everything we write and everything we emit. */
export default defineConfig(
  {
    ignores: [
      "**/node_modules/**",
      "dist/**",
      ".test-output/**",
      "coverage/**",
      "templates/client/sync/shared/**",
      "templates/server/convex/syncEngine/shared/**",
      "test/server/fixture/convex/syncEngine/**",
      "test/golden/cases/**",
      "test/evolution/versions/**",
      "test/codemods/cases/**",
      "test/bench/**",
      "examples/**",
      "**/_generated/**",
      "**/*.mjs",
      "**/*.js",
    ],
  },
  {
    files: ["src/**/*.ts", "templates/**/*.{ts,tsx}", "test/**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { "react-hooks": reactHooks },
    languageOptions: { parserOptions: { project: projects, tsconfigRootDir: root } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // Ports are asynchronous whether or not an implementation has to wait.
      "@typescript-eslint/require-await": "off",
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
    },
  },
  {
    // `expo lint` has the plug-in's recommended rules: emitted code must not fail it.
    files: ["templates/client/**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}"],
    rules: Object.fromEntries(
      Object.keys(reactHooks.configs["recommended-latest"].rules).map((rule) => [rule, "error"]),
    ),
  },
  {
    // Emitted code keeps the rest of the rules that apps have by eslint's and typescript-eslint's recommended sets.
    files: ["templates/**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: false }],
      "@typescript-eslint/require-await": "error",
      "no-control-regex": "error",
    },
  },
  {
    // ts-morph's and drizzle-kit's own functions are handed around unbound; they need no `this`.
    files: ["src/**/*.ts", "test/**/*.{ts,tsx}"],
    rules: { "@typescript-eslint/unbound-method": "off" },
  },
  {
    // Tests hand over what types forbid, and read what came back.
    files: ["**/*.test.{ts,tsx}", "test/**/*.{ts,tsx}", "src/model/configFixture.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-base-to-string": "off",
      // Faults are thrown as they are.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      // What was emitted is run where it was made.
      "@typescript-eslint/no-implied-eval": "off",
    },
  },
);
