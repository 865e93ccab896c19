import type { Clock } from '../../src/server/clock.ts';

type Task = { readonly at: number; readonly run: () => void };

/** Time that stands still until the test moves it. */
export class HeldClock implements Clock {
  readonly #start = Date.UTC(2020, 0, 1);
  readonly #tasks = new Set<Task>();
  #steady = 0;

  wall(): number {
    return this.#start + Math.floor(this.#steady);
  }

  steady(): number {
    return this.#steady;
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#steady + ms, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Lets `ms` pass: what falls due meanwhile runs at its own time, in order. */
  advance(ms: number): void {
    const end = this.#steady + ms;
    for (let task = this.#first(end); task !== undefined; task = this.#first(end)) {
      this.#tasks.delete(task);
      this.#steady = Math.max(this.#steady, task.at);
      task.run();
    }
    this.#steady = end;
  }

  #first(end: number): Task | undefined {
    let first: Task | undefined;
    for (const task of this.#tasks) {
      if (task.at <= end && (first === undefined || task.at < first.at)) first = task;
    }
    return first;
  }
}
