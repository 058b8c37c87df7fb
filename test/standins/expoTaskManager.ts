/**
 * expo-task-manager for tests, by the rules of its `src/TaskManager.ts` (57.0.21): a task is defined anew by each start of
 * the app, and stays registered over starts; one that throws ends without a result; one that is run and not defined is
 * registered no more.
 */
interface TaskBody {
  readonly data: unknown;
  readonly error: null;
  readonly executionInfo: { readonly eventId: string; readonly taskName: string };
}

type Executor = (body: TaskBody) => Promise<unknown>;

const defined = new Map<string, Executor>();
const registered = new Map<string, unknown>();

/** The app is not running any more; `"removed"`: nor is it installed. */
export function endProcess(how: "killed" | "removed" = "killed"): void {
  defined.clear();
  if (how === "removed") registered.clear();
}

/** What is registered, with its options. */
export function registrations(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(registered);
}

/** As the native side does on behalf of `expo-background-task`. */
export function registerNatively(taskName: string, options: unknown): void {
  registered.set(taskName, options);
}

/** The platform runs every task that is registered; what each of them resulted in. */
export async function runTasks(): Promise<readonly unknown[]> {
  return Promise.all([...registered.keys()].map(execute));
}

async function execute(taskName: string): Promise<unknown> {
  const task = defined.get(taskName);
  if (task === undefined) {
    registered.delete(taskName);
    return null;
  }
  const executionInfo = { eventId: "event", taskName };
  return task({ data: null, error: null, executionInfo }).catch(() => null);
}

/** As expo-task-manager's. */
export function defineTask(taskName: string, executor: Executor): void {
  defined.set(taskName, executor);
}

/** As expo-task-manager's. */
export function isTaskDefined(taskName: string): boolean {
  return defined.has(taskName);
}

/** As expo-task-manager's. */
export async function isTaskRegisteredAsync(taskName: string): Promise<boolean> {
  return registered.has(taskName);
}

/** As expo-task-manager's. */
export async function getTaskOptionsAsync<Options>(taskName: string): Promise<Options> {
  // Safe: whoever asks is who registered it.
  return registered.get(taskName) as Options;
}

/** As expo-task-manager's. */
export async function unregisterTaskAsync(taskName: string): Promise<void> {
  registered.delete(taskName);
}
