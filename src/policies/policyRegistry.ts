import type { PolicyName } from "../model/model";
import { policyMeta, type PolicyMeta } from "./policyMeta";

/** Where the emitted code of a policy comes from, and what `sync-gen explain` and the docs print about it. */
export interface RegisteredPolicy {
  /** File under `templates/shared/policies/`, without extension; also its name in the emitted trees. */
  readonly file: string;
  /** The constant that the file exports. */
  readonly exportName: string;
  readonly meta: PolicyMeta;
}

/** Every policy that a config may name. */
export const policyRegistry = {
  "mobile-wins": { file: "mobileWins", exportName: "mobileWins", meta: policyMeta["mobile-wins"] },
  "server-wins": { file: "serverWins", exportName: "serverWins", meta: policyMeta["server-wins"] },
  "last-write-wins": {
    file: "lastWriteWins",
    exportName: "lastWriteWins",
    meta: policyMeta["last-write-wins"],
  },
  hlc: { file: "hlc", exportName: "hlcWins", meta: policyMeta["hlc"] },
  "field-merge": { file: "fieldMerge", exportName: "fieldMerge", meta: policyMeta["field-merge"] },
  "append-only": { file: "appendOnly", exportName: "appendOnly", meta: policyMeta["append-only"] },
  "max-wins": { file: "maxWins", exportName: "maxWins", meta: policyMeta["max-wins"] },
  manual: { file: "manual", exportName: "manual", meta: policyMeta["manual"] },
  custom: { file: "custom", exportName: "custom", meta: policyMeta["custom"] },
} as const satisfies Record<PolicyName, RegisteredPolicy>;
