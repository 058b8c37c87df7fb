import { CommitTsPlaceholder, type ObjectFieldType, type ValidatorJSON } from "convex/values";

/** What is wrong with a value; `null` when nothing is. */
export type Validate = (value: unknown) => string | null;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  number: (value) => typeof value === "number",
  bigint: (value) => typeof value === "bigint",
  commitTs: (value) => typeof value === "bigint" || value instanceof CommitTsPlaceholder,
  boolean: (value) => typeof value === "boolean",
  string: (value) => typeof value === "string",
  bytes: (value) => value instanceof ArrayBuffer,
  any: () => true,
};

/** A validator as one function, so that its description is read once and not with every value. */
export function compileValidator(validator: ValidatorJSON): Validate {
  switch (validator.type) {
    case "literal":
      return (value) =>
        value === validator.value ? null : `expected ${JSON.stringify(validator.value)}`;
    case "id": {
      const end = new RegExp(`^\\d+${validator.tableName}$`);
      return (value) =>
        typeof value === "string" && end.test(value)
          ? null
          : `expected id of ${validator.tableName}`;
    }
    case "array": {
      const item = compileValidator(validator.value);
      return (value) => (Array.isArray(value) ? firstFault(value, item) : "expected array");
    }
    case "union": {
      const members = validator.value.map((member) => compileValidator(member));
      return (value) =>
        members.some((member) => member(value) === null) ? null : "expected one of a union";
    }
    case "record": {
      const key = compileValidator(validator.keys);
      const item = compileValidator(validator.values.fieldType);
      return (value) =>
        isObject(value)
          ? (firstFault(Object.keys(value), key) ?? firstFault(Object.values(value), item))
          : "expected record";
    }
    case "object":
      return compileObject(validator.value);
    default: {
      const isKind = kinds[validator.type];
      if (!isKind) throw new Error(`The validator ${validator.type} is not simulated.`);
      return (value) => (isKind(value) ? null : `expected ${validator.type}`);
    }
  }
}

function compileObject(shape: Readonly<Record<string, ObjectFieldType>>): Validate {
  const fields = Object.entries(shape).map(([name, { fieldType, optional }]) => ({
    name,
    optional,
    validate: compileValidator(fieldType),
  }));
  const names = new Set(Object.keys(shape));
  return (value) => {
    if (!isObject(value)) return "expected object";
    for (const { name, optional, validate } of fields) {
      const field = value[name];
      if (field === undefined && optional) continue;
      const fault = field === undefined ? "missing" : validate(field);
      if (fault !== null) return `${name}: ${fault}`;
    }
    for (const name in value)
      if (value[name] !== undefined && !names.has(name)) return `${name}: unexpected`;
    return null;
  };
}

function firstFault(values: readonly unknown[], validate: Validate): string | null {
  for (const value of values) {
    const fault = validate(value);
    if (fault !== null) return fault;
  }
  return null;
}
