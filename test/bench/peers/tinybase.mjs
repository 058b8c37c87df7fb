import { createStore } from "tinybase";
import { tinybaseTasks } from "./tinybaseTasks.mjs";

export const tasks = tinybaseTasks(() => createStore());
