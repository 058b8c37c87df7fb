import type { FieldKind } from "./vocabulary";

declare const fieldType: unique symbol;

/** A field of a table, as `text()`, `reference("projects")` and the other field functions make it. */
export interface Field<Kind extends FieldKind = FieldKind, Target extends string = string> {
  /** For the type checker alone; there is no such property. */
  readonly [fieldType]: { readonly kind: Kind; readonly target: Target };
}

/** The fields of a table by name. */
export type FieldMap = Readonly<Record<string, Field>>;

/** What every field can be told. Each call returns a new field; the one it is called on stays as it is. */
export interface AnyModifiers {
  /** The field may have no value: `null` on the device and on the wire, absent in Convex. */
  optional(): this;
  /**
   * The field was called `name` before: its data and the edits that wait on devices move along. Can go once every app in use has it.
   *
   * @example dueAt: timestamp().renamedFrom("deadline")
   */
  renamedFrom(name: string): this;
  /** Stays on this device: only in SQLite, never sent. Optional, or with a default. */
  deviceOnly(): this;
  /** Stays on the server: only in Convex, in no reply to a device. Optional, or with a default. */
  serverOnly(): this;
  /** What the field means; becomes the doc comment of the emitted types. Any text. */
  describe(text: string): this;
}

/** What every field but a reference can be told: the ids of rows are made on devices, so that nobody knows one beforehand. */
export interface FieldModifiers<Value> extends AnyModifiers {
  /**
   * The value of a new row that does not name the field. A new required field of a table with rows in it needs one.
   *
   * @example boolean().default(false)
   */
  default(value: Value): this;
}

/** What fields have that queries can search by. */
export interface Indexable {
  /** An index for queries by this field, in SQLite and in Convex. References have one anyway. */
  index(): this;
}

/** What `text()` makes. */
export interface TextField extends Field<"text", never>, FieldModifiers<string>, Indexable {}

/** What fields have that hold a number to count with. */
export interface NumberModifiers {
  /**
   * Concurrent edits add up: +2 on one phone and +3 on another end as +5, whatever the table's policy decides for the row.
   *
   * @example likes: integer().default(0).counter()
   */
  counter(): this;
}

/** What `integer()` makes. */
export interface IntegerField
  extends Field<"integer", never>, FieldModifiers<number>, Indexable, NumberModifiers {}

/** What `real()` makes. */
export interface RealField
  extends Field<"real", never>, FieldModifiers<number>, Indexable, NumberModifiers {}

/** What `boolean()` makes. */
export interface BooleanField extends Field<"boolean", never>, FieldModifiers<boolean>, Indexable {}

/** What `timestamp()` makes. */
export interface TimestampField
  extends Field<"timestamp", never>, FieldModifiers<number>, Indexable {}

/** What `json()` makes. */
export interface JsonField<Value> extends Field<"json", never>, FieldModifiers<Value> {}

/** What `json()` makes of a type that is an array. */
export interface JsonArrayField<Value> extends JsonField<Value> {
  /**
   * Concurrent edits merge as a set: what either side added is in, what either side removed is out.
   *
   * @example tags: json<string[]>().default([]).set()
   */
  set(): this;
}

/** What `choice()` makes. */
export interface ChoiceField<Choice extends string>
  extends Field<"choice", never>, FieldModifiers<Choice>, Indexable {
  /**
   * The value only moves forward: of two concurrent edits the later choice in the list stays. `order` replaces the order of the choices.
   *
   * @example status: choice(["sent", "delivered", "read"]).default("sent").oneWay()
   */
  oneWay(order?: readonly Choice[]): this;
}

/** What `reference()` makes. */
export interface ReferenceField<Target extends string>
  extends Field<"reference", Target>, AnyModifiers, Indexable {}

/** What `json<Value>()` is: a field, or, where `Value` holds something that JSON cannot carry, what says so. */
export type JsonFieldOf<Value> = [Value] extends [JsonCompatible<Value>]
  ? [Value] extends [readonly unknown[]]
    ? JsonArrayField<Value>
    : JsonField<Value>
  : NotJson<"T holds what JSON cannot carry: a Date, Map, Set, bigint, symbol or function">;

/** What `json<T>()` is when it is no field; no field fits it, so that the editor shows the message. */
export interface NotJson<Message extends string> {
  readonly message: Message;
}

/** The same type where JSON can carry it, `never` where not. Mapped, not spelled out, so that types may be recursive. */
export type JsonCompatible<Value> = unknown extends Value
  ? Value
  : Value extends string | number | boolean | null | undefined
    ? Value
    : Value extends
          | Date
          | bigint
          | symbol
          | ((...args: never) => unknown)
          | ReadonlyMap<unknown, unknown>
          | ReadonlySet<unknown>
      ? never
      : { [Key in keyof Value]: JsonCompatible<Value[Key]> };

/** The kind of a field's type. */
export type KindOf<Type extends Field> = Type[typeof fieldType]["kind"];
/** The tables that fields of these types point to. */
export type TargetOf<Type extends Field> = Type[typeof fieldType]["target"];
