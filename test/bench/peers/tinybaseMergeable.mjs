import { createMergeableStore } from "tinybase";
import { tinybaseTasks } from "./tinybaseTasks.mjs";

export const tasks = tinybaseTasks(() => createMergeableStore("device"));
