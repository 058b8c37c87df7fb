import {
  isTaskDefined,
  isTaskRegisteredAsync,
  registerNatively,
  unregisterTaskAsync as unregister,
} from "./expoTaskManager";

/**
 * expo-background-task for tests, by the rules of its `src/BackgroundTask.ts` (57.0.21): only a task that is defined can be
 * registered, one that is registered already keeps its options, and where tasks are restricted (Expo Go, simulators)
 * nothing is registered.
 */
export enum BackgroundTaskStatus {
  Restricted = 1,
  Available = 2,
}

export enum BackgroundTaskResult {
  Success = 1,
  Failed = 2,
}

interface Options {
  readonly minimumInterval?: number;
}

const expirationListeners = new Set<() => void>();
let status = BackgroundTaskStatus.Available;

/** Whether the platform lets anybody register tasks. */
export function setStatus(next: BackgroundTaskStatus): void {
  status = next;
}

/** iOS stops the tasks that run; how many of them heard of it. */
export function expire(): number {
  const heard = expirationListeners.size;
  for (const listener of [...expirationListeners]) listener();
  return heard;
}

/** As expo-background-task's. */
export async function getStatusAsync(): Promise<BackgroundTaskStatus> {
  return status;
}

/** As expo-background-task's. */
export async function registerTaskAsync(taskName: string, options: Options = {}): Promise<void> {
  if (!isTaskDefined(taskName)) throw new Error(`Task '${taskName}' is not defined.`);
  if (status === BackgroundTaskStatus.Restricted) return;
  if (await isTaskRegisteredAsync(taskName)) return;
  registerNatively(taskName, options);
}

/** As expo-background-task's. */
export async function unregisterTaskAsync(taskName: string): Promise<void> {
  await unregister(taskName);
}

/** As expo-background-task's. */
export function addExpirationListener(listener: () => void): { remove: () => void } {
  expirationListeners.add(listener);
  return { remove: () => void expirationListeners.delete(listener) };
}
