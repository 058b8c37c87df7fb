// The tables that every generator is given: ten fields each, two indexes, every second table references the one before.

/** Names of `count` tables. */
export function tableNames(count) {
  return Array.from({ length: count }, (_, position) => `items${position + 1}`);
}

const fields = (names, position) => [
  ["title", "text()"],
  ["notes", "text().optional()"],
  ["status", 'choice(["open", "active", "done"]).default("open").index()'],
  ["priority", "integer().default(0)"],
  ["amount", "real().optional()"],
  ["isDone", "boolean().default(false)"],
  ["dueAt", "timestamp().optional().index()"],
  ["color", "text().optional()"],
  ["score", "integer().optional()"],
  position % 2 === 1
    ? ["parent", `reference("${names[position - 1]}").optional()`]
    : ["label", "text().optional()"],
];

/** `sync.config.ts`. `change` edits the table in the middle: another policy, one more field, or a renamed one. */
export function syncConfig(count, change = "none") {
  const names = tableNames(count);
  const edited = count >> 1;
  const tables = names.map((name, position) => {
    const here = position === edited ? change : "none";
    const lines = fields(names, position).map(([field, type]) =>
      here === "rename" && field === "notes"
        ? `        remarks: text().optional().renamedFrom("notes"),`
        : `        ${field}: ${type},`,
    );
    if (here === "field") lines.push("        extra: text().optional(),");
    const policy = here === "policy" ? "server-wins" : "mobile-wins";
    return `    ${name}: table({\n      policy: "${policy}",\n      fields: {\n${lines.join("\n")}\n      },\n    }),`;
  });
  return `import { boolean, choice, defineSync, integer, real, reference, table, text, timestamp } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
${tables.join("\n")}
  },
});
`;
}

const jsonTypes = {
  title: { type: "string" },
  notes: { type: "string", nullable: true },
  status: { type: "string", enum: ["open", "active", "done"] },
  priority: { type: "integer" },
  amount: { type: "number", nullable: true },
  isDone: { type: "boolean" },
  dueAt: { type: "integer", nullable: true },
  color: { type: "string", nullable: true },
  score: { type: "integer", nullable: true },
  label: { type: "string", nullable: true },
};

const typeName = (name) => name[0].toUpperCase() + name.slice(1);

/** The same tables as an OpenAPI document with four operations a table. */
export function openApi(count) {
  const schemas = {};
  const paths = {};
  for (const name of tableNames(count)) {
    const schema = { $ref: `#/components/schemas/${typeName(name)}` };
    const content = { "application/json": { schema } };
    const answer = { 200: { description: "The row.", content } };
    const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
    schemas[typeName(name)] = {
      type: "object",
      required: ["clientId", "title", "status", "priority", "isDone"],
      properties: { clientId: { type: "string" }, ...jsonTypes },
    };
    paths[`/${name}`] = {
      get: { operationId: `list${typeName(name)}`, responses: answer },
      post: { operationId: `create${typeName(name)}`, requestBody: { content }, responses: answer },
    };
    paths[`/${name}/{id}`] = {
      parameters: [id],
      patch: {
        operationId: `update${typeName(name)}`,
        requestBody: { content },
        responses: answer,
      },
      delete: { operationId: `remove${typeName(name)}`, responses: answer },
    };
  }
  return JSON.stringify({
    openapi: "3.0.3",
    info: { title: "bench", version: "1.0.0" },
    paths,
    components: { schemas },
  });
}

/** The same tables as one JSON schema. */
export function jsonSchema(count) {
  const definitions = {};
  const properties = {};
  for (const name of tableNames(count)) {
    properties[name] = { $ref: `#/definitions/${typeName(name)}` };
    definitions[typeName(name)] = {
      type: "object",
      additionalProperties: false,
      required: ["title", "status", "priority", "isDone"],
      properties: Object.fromEntries(
        Object.entries(jsonTypes).map(([field, { nullable, ...type }]) => [field, type]),
      ),
    };
  }
  return JSON.stringify({ title: "Bench", type: "object", properties, definitions });
}

const graphqlTypes = {
  title: "String!",
  notes: "String",
  priority: "Int!",
  amount: "Float",
  isDone: "Boolean!",
  dueAt: "Float",
  color: "String",
  score: "Int",
  label: "String",
};

/** The same tables as a GraphQL schema. */
export function graphqlSchema(count) {
  const fields = Object.entries(graphqlTypes).map(([name, type]) => `  ${name}: ${type}`);
  const types = tableNames(count).map((name) => {
    const type = typeName(name);
    return `enum ${type}Status {\n  open\n  active\n  done\n}\n\ntype ${type} {\n  clientId: ID!\n  status: ${type}Status!\n${fields.join("\n")}\n}\n`;
  });
  const queries = tableNames(count).map((name) => `  ${name}: [${typeName(name)}!]!`);
  return `type Query {\n${queries.join("\n")}\n}\n\n${types.join("\n")}`;
}

const prismaTypes = {
  title: "String",
  notes: "String?",
  status: "String",
  priority: "Int",
  amount: "Float?",
  isDone: "Boolean",
  dueAt: "Int?",
  color: "String?",
  score: "Int?",
  label: "String?",
};

/** The same tables as a Prisma schema. */
export function prismaSchema(count) {
  const fields = Object.entries(prismaTypes).map(([name, type]) => `  ${name} ${type}`);
  const models = tableNames(count).map(
    (name) =>
      `model ${typeName(name)} {\n  clientId String @id\n${fields.join("\n")}\n\n  @@index([status])\n  @@index([dueAt])\n}\n`,
  );
  const head = `generator client {\n  provider = "prisma-client"\n  output = "./generated"\n}\n\ndatasource db {\n  provider = "sqlite"\n}\n`;
  return [head, ...models].join("\n");
}

const protoTypes = {
  title: "string",
  notes: "optional string",
  status: "Status",
  priority: "int32",
  amount: "optional double",
  is_done: "bool",
  due_at: "optional int64",
  color: "optional string",
  score: "optional int32",
  label: "optional string",
};

/** The same tables as protocol buffers, one file. */
export function protoSchema(count) {
  const fields = Object.entries(protoTypes).map(
    ([name, type], position) => `  ${type} ${name} = ${position + 2};`,
  );
  const messages = tableNames(count).map(
    (name) =>
      `message ${typeName(name)} {\n  enum Status {\n    OPEN = 0;\n    ACTIVE = 1;\n    DONE = 2;\n  }\n  string client_id = 1;\n${fields.join("\n")}\n}\n`,
  );
  return [`syntax = "proto3";\npackage bench;\n`, ...messages].join("\n");
}
