export { defineSync } from "./config/defineSync";
export type { ClientOptions, ServerOptions, SyncConfig, SyncOptions } from "./config/defineSync";
export { boolean, choice, integer, json, real, reference, text, timestamp } from "./config/fields";
export type {
  BooleanField,
  ChoiceField,
  Field,
  FieldMap,
  IntegerField,
  JsonArrayField,
  JsonField,
  RealField,
  ReferenceField,
  TextField,
  TimestampField,
} from "./config/fieldTypes";
export { table } from "./config/table";
export type { IndexOption, Table, TableOptions } from "./config/table";
export type { FieldKind, JsonValue, OperationName, PolicyName } from "./config/vocabulary";
export type { Diagnostic, Outcome, SourceLocation } from "./kernel/diagnostic";
export { check, generate } from "./generate";
export type { GenerateOptions } from "./generate";
export type { GenerateResult } from "./generateResult";
export type { Model } from "./model/model";
export type { Change } from "./output/changes";
