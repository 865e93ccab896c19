import type { Clock } from '../../src/server/clock.ts';

type Task = { readonly at: number; readonly run: () => void };

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  readonly #epoch = 1_700_000_000_000;
  #now = 0;
  #tasks: Task[] = [];

  wall(): number {
    return this.#epoch + this.#now;
  }

  steady(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + ms, run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  /** Time goes by and every task runs at its moment. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let task = this.#nextUpTo(until); task !== undefined; task = this.#nextUpTo(until)) {
      this.#now = Math.max(this.#now, task.at);
      this.#run(task);
    }
    this.#now = until;
  }

  /** Time goes by while the process stands still: what was due meanwhile runs late. */
  stall(ms: number): void {
    this.#now += ms;
    const due = this.#tasks.filter(({ at }) => at <= this.#now);
    for (const task of due) if (this.#tasks.includes(task)) this.#run(task);
  }

  /** Time that one piece of work takes: nothing runs meanwhile. */
  spend(ms: number): void {
    this.#now += ms;
  }

  #run(task: Task): void {
    this.#tasks = this.#tasks.filter((other) => other !== task);
    task.run();
  }

  #nextUpTo(until: number): Task | undefined {
    const due = this.#tasks.filter(({ at }) => at <= until);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}
