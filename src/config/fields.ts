import type {
  BooleanField,
  ChoiceField,
  IntegerField,
  JsonFieldOf,
  RealField,
  ReferenceField,
  TextField,
  TimestampField,
} from "./fieldTypes";
import type { FieldKind } from "./vocabulary";

/**
 * What a field function and its modifiers were told, unchecked: JavaScript configs can say anything.
 * Every member is called as what the user wrote, so that its name is also its place in the config.
 */
export interface FieldData {
  readonly kind: FieldKind;
  readonly choices?: unknown;
  readonly reference?: unknown;
  readonly optional?: true;
  readonly default?: unknown;
  readonly renamedFrom?: unknown;
  readonly index?: true;
  readonly deviceOnly?: true;
  readonly serverOnly?: true;
  readonly describe?: unknown;
  readonly counter?: true;
  readonly set?: true;
  /** `true`: in the order of the choices. */
  readonly oneWay?: unknown;
}

/**
 * The one implementation behind all field types. It has every modifier for every kind: in TypeScript the interfaces hide those
 * that do not fit, in JavaScript a wrong one becomes a located diagnostic instead of "is not a function".
 */
export class FieldBuilder {
  readonly data: FieldData;

  constructor(data: FieldData) {
    this.data = Object.freeze(data);
    Object.freeze(this);
  }

  #with(data: Partial<FieldData>): FieldBuilder {
    return new FieldBuilder({ ...this.data, ...data });
  }

  optional(): FieldBuilder {
    return this.#with({ optional: true });
  }
  default(value: unknown): FieldBuilder {
    return this.#with({ default: value });
  }
  renamedFrom(name: unknown): FieldBuilder {
    return this.#with({ renamedFrom: name });
  }
  index(): FieldBuilder {
    return this.#with({ index: true });
  }
  deviceOnly(): FieldBuilder {
    return this.#with({ deviceOnly: true });
  }
  serverOnly(): FieldBuilder {
    return this.#with({ serverOnly: true });
  }
  describe(text: unknown): FieldBuilder {
    return this.#with({ describe: text });
  }
  counter(): FieldBuilder {
    return this.#with({ counter: true });
  }
  set(): FieldBuilder {
    return this.#with({ set: true });
  }
  oneWay(order: unknown = true): FieldBuilder {
    return this.#with({ oneWay: order });
  }
}

/** Safe because the interfaces only leave methods out of the builder, and the symbol that they add is never read. */
/** The names of the modifiers: `optional`, `default` and so on. */
export const modifierNames: readonly string[] = Object.getOwnPropertyNames(
  FieldBuilder.prototype,
).filter((name) => name !== "constructor");

function field<Type>(data: FieldData): Type {
  return new FieldBuilder(data) as unknown as Type;
}

/**
 * A string.
 *
 * @example title: text()
 */
export function text(): TextField {
  return field({ kind: "text" });
}

/**
 * A whole number between -(2^53 - 1) and 2^53 - 1.
 *
 * @example quantity: integer().default(1)
 */
export function integer(): IntegerField {
  return field({ kind: "integer" });
}

/**
 * A number with a fraction.
 *
 * @example price: real()
 */
export function real(): RealField {
  return field({ kind: "real" });
}

/**
 * `true` or `false`.
 *
 * @example isCompleted: boolean().default(false)
 */
export function boolean(): BooleanField {
  return field({ kind: "boolean" });
}

/**
 * A point in time: a number, milliseconds since 1970.
 *
 * @example dueAt: timestamp().optional()
 */
export function timestamp(): TimestampField {
  return field({ kind: "timestamp" });
}

/**
 * Anything that JSON can carry, of the type `Value`, which the emitted code uses too.
 *
 * @example checklist: json<{ label: string; done: boolean }[]>().default([])
 */
export function json<Value = unknown>(): JsonFieldOf<Value> {
  return field({ kind: "json" });
}

/**
 * One of a fixed list of strings.
 *
 * @example priority: choice(["low", "normal", "high"]).default("normal")
 */
export function choice<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
): ChoiceField<Choice> {
  return field({ kind: "choice", choices });
}

/**
 * A row of another table (or of the same one), by its `clientId`.
 *
 * @example project: reference("projects").optional()
 */
export function reference<const Target extends string>(table: Target): ReferenceField<Target> {
  return field({ kind: "reference", reference: table });
}
