import type { AppVersion } from "./earlierApp";
import type { OracleOp, Row } from "./oracle";

/** A batch on its way. */
export interface SeenBatch {
  readonly deviceId: string;
  readonly batchSeq: number;
  readonly batchHash: string;
  readonly epoch: string;
  /** Of the app that sends it, and hears the answer. */
  readonly schemaVersion: AppVersion;
  readonly ops: readonly OracleOp[];
}

/** A row in an answer. */
interface SeenRow {
  readonly clientId: string;
  readonly stamp: string | null;
  readonly userId: string;
  readonly scopeId?: string;
  readonly deletedAt: number | null;
  readonly fields: Row;
}

/** What the server answers to a batch. */
export type SeenReply =
  | {
      readonly status: "ok";
      readonly stamp: string;
      readonly results: readonly {
        readonly opId: string;
        readonly outcome: string;
        readonly code: string | null;
        readonly row: SeenRow | null;
      }[];
    }
  | { readonly status: string };
