import type { Batch } from '../../src/server/rooms/batch.ts';
import type { Member } from '../../src/server/rooms/fanout.ts';
import type { CatchUp } from '../../src/server/rooms/room.ts';
import { within } from './within.ts';

/** A member of a room that remembers the `seq` of everything it is brought. */
export class ListeningMember implements Member {
  isOpen = true;
  readonly seqs: number[] = [];
  #wanted = Number.POSITIVE_INFINITY;
  #found: () => void = () => {};

  deliver(batch: Batch, skip: number): void {
    for (const { event } of batch.parcels.slice(skip)) if ('seq' in event) this.#take(event.seq);
  }

  /** Takes what an answer to a join brings, as a client would. */
  catchUp(caught: CatchUp | undefined): void {
    if (caught === undefined) throw new Error('the room did not let the member in');
    const { kind, head } = caught;
    const seqs = kind === 'replayed' ? caught.events.map(seqOf) : [head, ...caught.next.map(seqOf)];
    for (const seq of seqs) this.#take(seq);
  }

  /** Resolves once it was brought the event `seq`. */
  async reached(seq: number): Promise<void> {
    if (this.seqs.includes(seq)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wanted = seq;
    this.#found = resolve;
    await within(promise, `event ${seq}`);
  }

  #take(seq: number): void {
    this.seqs.push(seq);
    if (seq === this.#wanted) this.#found();
  }
}

function seqOf(payload: Uint8Array): number {
  return Number(JSON.parse(new TextDecoder().decode(payload)).seq);
}
