import type { Workspace } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { StoredTable } from "../model/model";
import { checkBackups } from "./checkBackups";
import { checkDuplicates } from "./checkDuplicates";
import { checkFolders } from "./checkFolders";
import { checkMembers } from "./checkMembers";
import { checkNode } from "./checkNode";
import { checkPackages } from "./checkPackages";
import { checkUser } from "./checkUser";
import { checkWiring } from "./checkWiring";
import { checkWrites } from "./checkWrites";

/** Everything that a diagnosis looks at. */
export interface Project {
  readonly files: ReadFiles;
  readonly workspace: Workspace;
  /** `20.19.0`. */
  readonly nodeVersion: string;
  /** The version of this sync-gen. */
  readonly toolVersion: string;
  /** What the config says; `null` when there is none that can be read. */
  readonly config: ProjectConfig | null;
  /** Paths that sync-gen wrote; none of the user's code is in them. */
  readonly emitted: ReadonlySet<string>;
}

/** What the checks need to know of the config. */
export interface ProjectConfig {
  readonly clientOut: string;
  readonly serverOut: string;
  readonly tables: readonly StoredTable[];
  /** Tests are emitted beside the Convex functions. */
  readonly tests: boolean;
  /** Calls that write are limited by the rate limiter component. */
  readonly rateLimit: boolean;
  /** The app syncs in the background. */
  readonly background: boolean;
}

const checks: readonly ((project: Project) => readonly Diagnostic[])[] = [
  checkNode,
  checkPackages,
  checkDuplicates,
  checkFolders,
  checkWiring,
  checkUser,
  checkMembers,
  checkWrites,
  checkBackups,
];

/** What is wrong with a project, each finding with its fix as the hint. Pure; drift of emitted files is `check`'s to find. */
export function diagnoseProject(project: Project): readonly Diagnostic[] {
  return checks.flatMap((check) => check(project));
}
