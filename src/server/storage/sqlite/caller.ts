import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { NoSuchRoom, StorageFailure } from '../storage.ts';
import type { Outcome } from './calls.ts';
import type { ThreadData } from './thread.ts';

type Method = (...args: never[]) => unknown;

type Waiting = {
  resolve(value: unknown): void;
  reject(error: Error): void;
};

type Queued = { readonly call: { name: string; args: unknown[] }; readonly waiting: Waiting };

/** How many calls go in one batch at the most: some milliseconds of work. */
const BATCH = 1_000;

/**
 * Calls to a thread, gathered: one batch is under way, the next one fills meanwhile,
 * so that every sync of the disk covers all that came during the one before. Answers
 * come in the order of the calls.
 */
export class Caller<Api extends Record<keyof Api, Method>> {
  readonly #worker: Worker;
  readonly #queue: Queued[] = [];
  #underWay: readonly Queued[] = [];
  #scheduled = false;
  #closed = false;

  constructor(data: ThreadData) {
    const file = new URL(`./thread${extname(import.meta.filename)}`, import.meta.url);
    this.#worker = new Worker(file, { workerData: data });
  }

  /** Resolves with the thread's first message. */
  async first(): Promise<unknown> {
    const [message] = await once(this.#worker, 'message');
    return message;
  }

  /** From now on calls are taken. */
  start(): void {
    this.#worker.on('message', (outcomes: readonly Outcome[]) => this.#settle(outcomes));
  }

  call<Name extends keyof Api & string>(
    name: Name,
    ...args: Parameters<Api[Name]>
  ): Promise<ReturnType<Api[Name]>> {
    if (this.#closed) return Promise.reject(new StorageFailure('the storage is closed'));
    return new Promise((resolve, reject) => {
      const waiting = {
        // The thread implements the same table of calls, so its answer is of this type.
        resolve: (value: unknown) => resolve(value as ReturnType<Api[Name]>),
        reject,
      };
      this.#queue.push({ call: { name, args }, waiting });
      this.#schedule();
    });
  }

  /** Lets everything that was called finish, then ends the thread. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#queue.length > 0 || this.#underWay.length > 0) {
      await once(this.#worker, 'message');
    }
    const exit = once(this.#worker, 'exit');
    this.#worker.removeAllListeners('message');
    this.#worker.postMessage('close');
    await exit;
  }

  /** Everything that comes in one turn of the event loop goes in one batch. */
  #schedule(): void {
    if (this.#scheduled || this.#underWay.length > 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#post();
    });
  }

  #post(): void {
    if (this.#queue.length === 0) return;
    this.#underWay = this.#queue.splice(0, BATCH);
    this.#worker.postMessage(this.#underWay.map(({ call }) => call));
  }

  #settle(outcomes: readonly Outcome[]): void {
    const settled = this.#underWay;
    this.#underWay = [];
    this.#post();
    for (const [index, { waiting }] of settled.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'done') waiting.resolve(outcome.value);
      else waiting.reject(errorOf(outcome));
    }
  }
}

function errorOf(outcome: Exclude<Outcome, { kind: 'done' }> | undefined): Error {
  if (outcome === undefined) return new Error('the thread left a call without an answer');
  if (outcome.kind === 'no such room') return new NoSuchRoom(outcome.room);
  if (outcome.kind === 'broken') return new Error(outcome.message);
  return new StorageFailure(outcome.message);
}
