import { fileHeader } from "../render/fileHeader";
import type { EmittedFile, TargetInput } from "../targets/target";
import { backends, stores } from "../targets/registry";
import type { Plan, PlannedEdit, PlannedFile } from "./plan";

/** Everything that one run is planned from. */
export interface PlanInput extends TargetInput {
  /** The config's path, relative to the project's root. */
  readonly config: string;
  /** The migrations as `migrate` made them. */
  readonly migrations: readonly PlannedFile[];
  /** Edits of the user's own files, in the order in which they are made. */
  readonly edits: readonly PlannedEdit[];
}

/**
 * Everything that the config wants to be true of the project. Pure: the same input gives the same plan, byte for byte.
 * Nothing here can fail for a reason of the user's; two files with one path are a bug of ours, and throw.
 */
export function buildPlan(input: PlanInput): Plan {
  const { model, config } = input;
  const emitted = [
    ...stores[model.client.store].files(input),
    ...backends[model.server.backend].files(input),
  ];
  const files = [
    ...emitted.map((file) => planFile(file, config)),
    ...input.migrations.map((file) => withHeader(file, config)),
  ];
  return { files: inOrder(files), edits: input.edits };
}

function planFile(file: EmittedFile, config: string): PlannedFile {
  return withHeader({ ...file, parser: "typescript" }, config);
}

/** SQL and JSON stay as they are: drizzle-kit reads them, and JSON has no comments. */
function withHeader(file: PlannedFile, config: string): PlannedFile {
  if (file.parser !== "typescript") return file;
  const ownership = file.ownership === "once" ? "once" : "owned";
  return { ...file, text: `${fileHeader(config, ownership)}\n${file.text}` };
}

function inOrder(files: readonly PlannedFile[]): readonly PlannedFile[] {
  // On macOS and Windows two paths that differ by case are one file.
  const byPath = new Map(files.map((file) => [file.path.toLowerCase(), file]));
  if (byPath.size !== files.length) {
    const twice = files
      .filter((file) => byPath.get(file.path.toLowerCase()) !== file)
      .map((file) => file.path);
    throw new Error(`Planned twice: ${twice.join(", ")}.`);
  }
  return [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
}
