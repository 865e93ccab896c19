import type { RoomEvent, ServerEvent } from '../protocol/events.ts';
import { limits } from '../protocol/limits.ts';
import { mentions } from '../protocol/mention.ts';
import type { MessageNow, ReplyOf } from '../protocol/replies.ts';
import { ChinwagError } from './error.ts';
import type { House } from './house.ts';
import { Messages } from './messages.ts';
import { Outbox, RETRY_MS, type Receipt, type Sent } from './outbox.ts';
import { ReadMark } from './read-mark.ts';
import type { HistoryQuery, Room, SendOptions } from './room.ts';
import { Roster } from './roster.ts';
import { Sequence } from './sequence.ts';
import type { OutboxEntry } from './storage.ts';
import { type Store, View } from './store.ts';
import type { Standing, Timeline } from './timeline.ts';
import { Typists } from './typists.ts';
import type { Answer } from './wire.ts';

/** An event of one room. */
export type EventInRoom = Extract<ServerEvent, { room: string }>;

/**
 * A room kept in step with the server. After every break, and at every gap, it joins again
 * with the last `seq` it has; what comes back, replayed or reset, makes it whole.
 */
export class LiveRoom implements Room {
  readonly name: string;
  readonly timeline: Store<Timeline>;
  readonly #house: House;
  readonly #view: View<Timeline>;
  readonly #outbox: Outbox;
  readonly #messages = new Messages();
  readonly #sequence = new Sequence();
  readonly #roster = new Roster();
  readonly #typists: Typists;
  readonly #mark: ReadMark;
  #standing: Standing = 'out';
  #why: ChinwagError | undefined;
  #facts: Pick<Timeline, 'kind' | 'title' | 'role'> = {
    kind: undefined,
    title: '',
    role: undefined,
  };
  #topic = '';
  #resets = 0;
  /** The history that the head belongs to; none before the first join. */
  #epoch: string | undefined;
  /** The join that is on its way: the answer to an older one is of no more use. */
  #joining: object | undefined;
  #joins: PromiseWithResolvers<void>[] = [];
  #older: Promise<void> | undefined;
  #typedAt = 0;

  constructor(name: string, house: House) {
    this.name = name;
    this.#house = house;
    this.#view = new View(() => this.#build());
    this.timeline = this.#view;
    const changed = () => this.#view.changed();
    this.#outbox = new Outbox(name, house, changed);
    this.#typists = new Typists(house.clock, changed);
    this.#mark = new ReadMark(name, house);
  }

  /** Whether this client is in it, on its way in, or was refused. */
  get wanted(): boolean {
    return this.#standing !== 'out';
  }

  join(): Promise<void> {
    const { ended } = this.#house.connection;
    if (ended !== undefined) return Promise.reject(ended);
    if (this.#standing === 'live') return Promise.resolve();
    const joined = Promise.withResolvers<void>();
    this.#joins.push(joined);
    this.#stand('joining');
    this.#enter();
    return joined.promise;
  }

  async leave(): Promise<void> {
    this.#halt();
    this.#rejectJoins(new ChinwagError('closed', 'the room was left before it was entered'));
    this.#roster.set([], 0);
    this.#stand('out');
    try {
      await this.#house.request({ type: 'leave', room: this.name });
    } catch (error) {
      // Who is not connected is in no room.
      if (!(error instanceof ChinwagError && error.code === 'disconnected')) throw error;
    }
  }

  send(text: string, options: SendOptions = {}): Sent {
    const sent = this.#outbox.add(text, options.replyTo, options.key);
    this.#wanted();
    return sent;
  }

  retry(key: string): Sent {
    const sent = this.#outbox.retry(key);
    this.#wanted();
    return sent;
  }

  discard(key: string): Promise<void> {
    return this.#outbox.discard(key);
  }

  history(query: HistoryQuery = {}): Promise<ReplyOf<'history'>> {
    return this.#house.request({ type: 'history', room: this.name, ...query });
  }

  loadOlder(limit: number = limits.historyDefault): Promise<void> {
    this.#older ??= this.#loadOlder(limit).finally(() => {
      this.#older = undefined;
    });
    return this.#older;
  }

  setTopic(topic: string): Promise<Receipt> {
    return this.#house.request({ type: 'setTopic', room: this.name, topic });
  }

  read(seq: number): void {
    this.#mark.move(Math.min(seq, this.#sequence.head ?? 0));
    if (this.#standing === 'live') this.#mark.tell();
    this.#view.changed();
  }

  typing(): void {
    const now = this.#house.clock.now();
    if (this.#standing !== 'live' || now - this.#typedAt < limits.typingMs) return;
    this.#typedAt = now;
    this.#house.connection.tell({ type: 'typing', room: this.name });
  }

  /** Takes what an earlier life left unsent, and goes where it belongs. */
  restore(entries: readonly OutboxEntry[]): void {
    this.#outbox.restore(entries);
    if (entries.some(({ refused }) => refused === undefined)) this.#wanted();
  }

  online(): void {
    if (this.#standing === 'joining') this.#enter();
  }

  offline(): void {
    this.#halt();
    if (this.#standing === 'live') this.#stand('joining');
  }

  ended(why: ChinwagError): void {
    this.#halt();
    this.#stand('out');
    this.#outbox.end(why);
    this.#rejectJoins(why);
  }

  receive(event: EventInRoom): void {
    if (this.#standing === 'out' || this.#standing === 'refused') return;
    switch (event.type) {
      case 'connected':
      case 'disconnected':
      case 'presence':
        this.#roster.apply(event);
        break;
      case 'typing':
        this.#typists.started(event.user);
        break;
      case 'read':
        this.#mark.heard(event.seq);
        break;
      default:
        // Whatever else has a `seq` is a change of the room, in later versions of the protocol too.
        if (!Number.isSafeInteger(event.seq)) break;
        this.#take(event);
        this.#view.changed();
        return;
    }
    this.#house.feed.emit(event);
    this.#view.changed();
  }

  #take(event: RoomEvent): void {
    for (const due of this.#sequence.take(event)) this.#apply(due);
    if (this.#sequence.gap) this.#enter();
  }

  #apply(event: RoomEvent): void {
    if (event.type === 'message') {
      this.#typists.stopped(event.from);
      const { type: _type, ...message } = event;
      this.#messages.add(message);
      this.#settle(message);
    } else if (event.type === 'topicSet') {
      this.#topic = event.topic;
    }
    this.#outbox.seen(event.seq);
    this.#house.feed.emit(event);
    if (event.type === 'message' && this.#mentionsMe(event)) {
      this.#house.feed.emit({ ...event, type: 'mention' });
    }
  }

  #mentionsMe({ from, text }: MessageNow): boolean {
    const me = this.#house.connection.online?.user;
    return me !== undefined && from.id !== me.id && mentions(text, me.name);
  }

  /** An own message that the room has seen needs no answer any more. */
  #settle({ from, key, seq, at }: MessageNow): void {
    const me = this.#house.connection.online?.user;
    if (key !== undefined && from.id === me?.id) this.#outbox.settle(key, { seq, at });
  }

  #wanted(): void {
    if (this.#standing === 'live' || this.#standing === 'joining') return;
    this.#stand('joining');
    this.#enter();
  }

  #enter(): void {
    const online = this.#house.connection.online;
    if (online === undefined || this.#joining !== undefined) return;
    if (this.#standing !== 'joining' && this.#standing !== 'live') return;
    const joining = {};
    this.#joining = joining;
    this.#sequence.mending();
    // In another history the head means nothing, and its events must not be taken for old ones.
    if (this.#epoch !== online.epoch) this.#sequence.head = undefined;
    const after = this.#sequence.head;
    const position = after === undefined ? {} : { after, epoch: online.epoch };
    this.#house.connection.ask({ type: 'join', room: this.name, ...position }, (answer) => {
      if (this.#joining !== joining) return;
      this.#joining = undefined;
      this.#answered(answer, online.epoch);
    });
  }

  #answered(answer: Answer<'join'>, epoch: string): void {
    if (!(answer instanceof ChinwagError)) this.#entered(answer, epoch);
    else if (answer.passing) this.#enterLater(answer.retryAfterMs ?? RETRY_MS);
    else if (answer.code !== 'disconnected') {
      this.#why = answer;
      this.#stand('refused');
      this.#outbox.refuse(answer);
      this.#rejectJoins(answer);
    }
  }

  #entered(reply: ReplyOf<'join'>, epoch: string): void {
    const { kind, title, role } = reply;
    const before = this.#sequence.head;
    this.#facts = { kind, title, role };
    if (before === undefined || reply.head >= before) this.#topic = reply.topic;
    this.#roster.set(reply.members, reply.memberCount);
    this.#mark.heard(reply.read, this.#epoch !== epoch);
    if (reply.catchUp === 'replayed') {
      for (const event of reply.events)
        for (const due of this.#sequence.take(event)) this.#apply(due);
    } else {
      this.#startAfresh(reply);
    }
    if (this.#epoch !== epoch) this.#outbox.restart();
    this.#outbox.seen(this.#sequence.head ?? 0);
    this.#epoch = epoch;
    this.#stand('live');
    for (const joined of this.#joins.splice(0)) joined.resolve();
    this.#mark.tell();
    this.#outbox.open();
    this.#mendFurther(reply.head, before);
  }

  #startAfresh(reply: Extract<ReplyOf<'join'>, { catchUp: 'reset' }>): void {
    this.#messages.reset(reply.messages, reply.hasOlder);
    for (const message of reply.messages) this.#settle(message);
    if (this.#epoch !== undefined) {
      this.#resets += 1;
      this.#house.feed.emit({ type: 'reset', why: 'catchUp', room: this.name });
    }
    for (const due of this.#sequence.startAt(reply.head)) this.#apply(due);
  }

  /** A gap that the answer left open is asked for again; at a walking pace if it brought nothing. */
  #mendFurther(head: number, before: number | undefined): void {
    const now = this.#sequence.head ?? 0;
    if (!this.#sequence.gap && now >= head) return;
    if (before === undefined || now > before) this.#enter();
    else this.#enterLater(RETRY_MS);
  }

  #enterLater(ms: number): void {
    this.#house.clock.after(ms, () => this.#enter());
  }

  async #loadOlder(limit: number): Promise<void> {
    const before = this.#messages.oldest;
    if (before === undefined || !this.#messages.hasOlder) return;
    const page = await this.history({ before, limit });
    // A reset may have come meanwhile, and this page would not fit before what it brought.
    if (this.#messages.oldest !== before) return;
    this.#messages.prepend(page.messages, page.hasOlder);
    this.#view.changed();
  }

  /** Nothing of this connection counts any more. */
  #halt(): void {
    this.#joining = undefined;
    this.#sequence.forget();
    this.#outbox.shut();
  }

  #stand(standing: Standing): void {
    if (standing !== 'refused') this.#why = undefined;
    const moved = (standing === 'out') !== (this.#standing === 'out');
    this.#standing = standing;
    if (moved) this.#house.cameOrWent();
    this.#view.changed();
  }

  #rejectJoins(why: ChinwagError): void {
    for (const joined of this.#joins.splice(0)) joined.reject(why);
  }

  #build(): Timeline {
    return {
      room: this.name,
      standing: this.#standing,
      why: this.#why,
      ...this.#facts,
      topic: this.#topic,
      messages: [
        ...this.#messages.all,
        ...this.#outbox.messages(this.#house.connection.online?.user),
      ],
      hasOlder: this.#messages.hasOlder,
      members: this.#roster.members,
      memberCount: this.#roster.count,
      typing: this.#typists.people,
      head: this.#sequence.head ?? 0,
      read: this.#mark.seq,
      resets: this.#resets,
    };
  }
}
