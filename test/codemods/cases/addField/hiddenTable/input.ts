import { defineSync } from "sync-gen";
import { tables } from "./tables";

export default defineSync({ tables: { ...tables } });
