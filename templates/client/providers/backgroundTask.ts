import {
  addExpirationListener,
  BackgroundTaskResult,
  BackgroundTaskStatus,
  getStatusAsync,
  registerTaskAsync,
  unregisterTaskAsync,
  type BackgroundTaskOptions,
} from "expo-background-task";
import {
  defineTask,
  getTaskOptionsAsync,
  isTaskRegisteredAsync,
} from "expo-task-manager";
import type { Registry } from "../sync/registry";
import { syncInBackground, type BackgroundParts } from "./syncInBackground";

/** What the platform keeps the task under. */
const taskName = "sync-gen.sync";

/** The task that runs. */
let running: Promise<BackgroundTaskResult> | null = null;

/**
 * Lets the platform sync while the app is in the background, at most every `everyMinutes`. Call it at the top of a module
 * that the app's entry imports: the platform starts the app without rendering anything, and asks for the task then.
 */
export function defineBackgroundTask<R extends Registry>(
  parts: BackgroundParts<R>,
  everyMinutes: number,
): void {
  defineTask(taskName, () => {
    running ??= runTask(parts).finally(() => {
      running = null;
    });
    return running;
  });
  // Where it cannot be registered, everything else goes on.
  register({ minimumInterval: everyMinutes }).catch(() => undefined);
}

async function runTask<R extends Registry>(
  parts: BackgroundParts<R>,
): Promise<BackgroundTaskResult> {
  const expired = new AbortController();
  try {
    const subscription = addExpirationListener(() => expired.abort());
    try {
      if (await syncInBackground(parts, expired.signal))
        return BackgroundTaskResult.Success;
    } finally {
      subscription.remove();
    }
  } catch (error) {
    // The platform asks again later, and the app itself shows what is wrong. Nobody else tells who tries it out.
    if (typeof __DEV__ === "undefined" || __DEV__)
      console.warn("The sync in the background failed.", error);
  }
  return BackgroundTaskResult.Failed;
}

async function register(options: BackgroundTaskOptions): Promise<void> {
  if ((await getStatusAsync()) !== BackgroundTaskStatus.Available) return;
  if (await isTaskRegisteredAsync(taskName)) {
    const { minimumInterval } =
      await getTaskOptionsAsync<BackgroundTaskOptions>(taskName);
    if (minimumInterval === options.minimumInterval) return;
    // A task that is registered keeps its interval.
    await unregisterTaskAsync(taskName);
  }
  await registerTaskAsync(taskName, options);
}
