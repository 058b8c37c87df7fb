/** Owns time: nothing in a run happens but what is scheduled here, one event after the other. */
export interface Scheduler {
  /** Milliseconds since 1970, true time, which no device and no server knows exactly. */
  readonly now: number;
  /** Runs `task` once after `delay` ms; the result cancels it. */
  after(delay: number, task: () => void | Promise<void>): () => void;
  /** Runs what is due in the next `duration` ms, and all that follows from each event before the next. */
  pass(duration: number): Promise<void>;
  /** Time goes by in which nothing happens; what was due is late. */
  leap(duration: number): void;
  /** Lets everything come to its end that waits for no event. */
  settle(): Promise<void>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly task: () => void | Promise<void>;
  cancelled: boolean;
}

/** `onEvent` runs after each event, when all that followed from it has come to its end. */
export function createScheduler(start: number, onEvent: () => void | Promise<void>): Scheduler {
  const heap: Event[] = [];
  let now = start;
  let order = 0;
  /** All leaps so far, ms: one in the middle of what passes does not count as passed. */
  let leapt = 0;
  // A tick comes when no promise has anything left to do; nothing in a run waits for the world outside.
  const settle = () => new Promise<void>((resolve) => process.nextTick(resolve));
  return {
    get now() {
      return now;
    },
    settle,
    leap: (duration) => {
      now += duration;
      leapt += duration;
    },
    after: (delay, task) => {
      const event = {
        at: now + Math.max(0, Math.ceil(delay)),
        order: (order += 1),
        task,
        cancelled: false,
      };
      push(heap, event);
      return () => {
        event.cancelled = true;
      };
    },
    pass: async (duration) => {
      const start = now - leapt;
      const end = () => start + duration + leapt;
      await settle();
      for (let next = heap[0]; next !== undefined && next.at <= end(); next = heap[0]) {
        pop(heap);
        if (next.cancelled) continue;
        now = Math.max(now, next.at);
        await next.task();
        await settle();
        await onEvent();
      }
      now = end();
      await settle();
    },
  };
}

function before(a: Event | undefined, b: Event | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}

function push(heap: Event[], event: Event): void {
  heap.push(event);
  let index = heap.length - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(heap[index], heap[parent])) return;
    swap(heap, index, parent);
    index = parent;
  }
}

function pop(heap: Event[]): void {
  swap(heap, 0, heap.length - 1);
  heap.pop();
  for (let index = 0; ;) {
    let least = index;
    for (const child of [2 * index + 1, 2 * index + 2])
      if (before(heap[child], heap[least])) least = child;
    if (least === index) return;
    swap(heap, index, least);
    index = least;
  }
}

function swap(heap: Event[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]];
  if (first === undefined || second === undefined) return;
  heap[a] = second;
  heap[b] = first;
}
