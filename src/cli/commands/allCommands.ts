import type { Command } from "../command";
import { addField } from "./addField";
import { addTable } from "./addTable";
import { checkCommand } from "./check";
import { completion } from "./completion";
import { doctor } from "./doctor";
import { explain } from "./explain";
import { generateCommand } from "./generate";
import { init } from "./init";
import { list } from "./list";

/** Every command, in the order of the help. */
export const allCommands: readonly Command[] = [
  init,
  addTable,
  addField,
  generateCommand,
  checkCommand,
  list,
  explain,
  doctor,
  completion,
];
