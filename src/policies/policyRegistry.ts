import { appendOnly } from "../../templates/shared/policies/appendOnly";
import { custom } from "../../templates/shared/policies/custom";
import { fieldMerge } from "../../templates/shared/policies/fieldMerge";
import { hlcWins } from "../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../templates/shared/policies/lastWriteWins";
import { manual } from "../../templates/shared/policies/manual";
import { maxWins } from "../../templates/shared/policies/maxWins";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { serverWins } from "../../templates/shared/policies/serverWins";
import type { PolicyMeta } from "../../templates/shared/policy";
import type { PolicyName } from "../model/model";

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
  "mobile-wins": { file: "mobileWins", exportName: "mobileWins", meta: mobileWins.meta },
  "server-wins": { file: "serverWins", exportName: "serverWins", meta: serverWins.meta },
  "last-write-wins": {
    file: "lastWriteWins",
    exportName: "lastWriteWins",
    meta: lastWriteWins.meta,
  },
  hlc: { file: "hlc", exportName: "hlcWins", meta: hlcWins.meta },
  "field-merge": { file: "fieldMerge", exportName: "fieldMerge", meta: fieldMerge.meta },
  "append-only": { file: "appendOnly", exportName: "appendOnly", meta: appendOnly.meta },
  "max-wins": { file: "maxWins", exportName: "maxWins", meta: maxWins.meta },
  manual: { file: "manual", exportName: "manual", meta: manual.meta },
  custom: { file: "custom", exportName: "custom", meta: custom.meta },
} as const satisfies Record<PolicyName, RegisteredPolicy>;
