// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { migrations } from "../db/migrations/migrations";
import { registry } from "../sync/TableRegistry";
import { defineBackgroundTask } from "./backgroundTask";
import { connectInBackground } from "./connectInBackground";

// The app's entry imports this file: the task has to be known before anything is rendered.
defineBackgroundTask(
  { registry, migrations, connect: connectInBackground },
  30,
);
