/** NetInfo for tests: the state is what the test says. */
interface State {
  readonly type?: "unknown";
  readonly isConnected: boolean | null;
  readonly isInternetReachable: boolean | null;
}

let state: State = { isConnected: true, isInternetReachable: true };
const listeners = new Set<(state: State) => void>();

/** Changes the device's connectivity. */
export function setNetwork(next: State): void {
  state = next;
  for (const listener of [...listeners]) listener(state);
}

/** How many listeners are left. */
export function networkListeners(): number {
  return listeners.size;
}

/** As NetInfo's: tells the present state soon after. */
export function addEventListener(listener: (state: State) => void): () => void {
  listeners.add(listener);
  queueMicrotask(() => {
    if (listeners.has(listener)) listener(state);
  });
  return () => void listeners.delete(listener);
}

/** As NetInfo's. */
export async function fetch(): Promise<State> {
  return state;
}

export default { addEventListener, fetch };
