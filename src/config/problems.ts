import type { Diagnostic } from "../kernel/diagnostic";
import { codes, type ConfigCode } from "./codes";

/** Where in the config: `["tables", "tasks", "fields", "dueAt"]`. */
export type ConfigPath = readonly (string | number)[];

/** Collects what is wrong with a config, so that everything is reported together. */
export class Problems {
  readonly #list: Diagnostic[] = [];

  /** In the order in which they were added. */
  get list(): readonly Diagnostic[] {
    return this.#list;
  }

  /** Adds one; its severity is that of its code. */
  add(code: ConfigCode, path: ConfigPath, message: string, more: ProblemDetails = {}): void {
    this.#list.push({
      code,
      severity: codes[code].severity,
      message,
      path,
      ...(more.allowed === undefined ? {} : { allowed: more.allowed }),
      ...(more.hint === undefined ? {} : { hint: more.hint }),
    });
  }
}

/** What a problem says beside what is wrong. */
export interface ProblemDetails {
  readonly allowed?: string | undefined;
  readonly hint?: string | undefined;
}
