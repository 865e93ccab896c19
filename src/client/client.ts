import type { CommandType } from '../protocol/commands.ts';
import type { ServerEvent } from '../protocol/events.ts';
import type { ReplyOf } from '../protocol/replies.ts';
import { type Clock, StoppableClock, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { ChinwagError } from './error.ts';
import { type ClientEventType, type EventOf, Feed, type Reset } from './feed.ts';
import type { RequestOf } from './frame.ts';
import type { House } from './house.ts';
import { LiveRoom } from './live-room.ts';
import { type Random, systemRandom } from './random.ts';
import type { Room } from './room.ts';
import type { ConnectionState, Online } from './state.ts';
import { memoryOutbox, type OutboxStorage } from './storage.ts';
import { type Store, View } from './store.ts';
import { socketUrl, type Transport, webSocketTransport } from './transport.ts';

export interface ClientOptions {
  /** Where the server is: its http, https, ws or wss address, without `/ws`. */
  readonly url: string;
  /** Signs in as a new guest of this name, where there is no `token`. */
  readonly name?: string | undefined;
  /** Signs in as whom an earlier welcome, or the server's owner, gave this token. */
  readonly token?: string | undefined;
  /** Where unsent messages lie; in memory where none is given. */
  readonly outbox?: OutboxStorage;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly transport?: Transport;
}

/** A person at a server, for as long as the program wants: it comes back after every break. */
export interface Client {
  readonly state: Store<ConnectionState>;

  /**
   * The rooms this client is in, is on its way into, or was refused by, in the order in which
   * they were first asked for. Unsent messages enter their rooms by themselves.
   */
  readonly joined: Store<readonly Room[]>;

  /** Resolves when signed in; rejects with a `ChinwagError` when that will never be. */
  ready(): Promise<Online>;

  /** The room of this name, always the same object. Does not join it. */
  room(name: string): Room;

  /** The rooms this person may see, those that match `query` where it is given. */
  rooms(query?: string): Promise<ReplyOf<'rooms'>['rooms']>;

  create(room: Omit<RequestOf<'create'>, 'type'>): Promise<ReplyOf<'create'>>;

  /**
   * Any command of the protocol, and its answer. Rejects with the server's refusal, and with
   * `disconnected` while the server is away or when it goes before it answers. A message is
   * better sent with `room.send`, which keeps it until the server has it.
   */
  request<T extends Exclude<CommandType, 'hello'>>(command: RequestOf<T>): Promise<ReplyOf<T>>;

  /**
   * The events of these types, or of all, from now on, in every room that is joined. Each is
   * given once, in the order of its room. A slow reader, or a room that started afresh, gets
   * `{ type: 'reset' }`: something is missing there. Ends when the client is closed, by
   * throwing where the server closed it for good.
   */
  events<T extends ClientEventType>(...types: T[]): AsyncIterableIterator<EventOf<T> | Reset>;

  /** The network may be back, or the tab is in sight again: connect now, or make sure we are. */
  wake(): void;

  /** Ends it. What was not sent stays in the outbox's storage. */
  close(): void;
}

/** Signs in to a chinwag server. Returns at once; `state` and `ready()` tell how it goes. */
export function createClient(options: ClientOptions): Client {
  const clock = new StoppableClock(options.clock ?? systemClock);
  const random = options.random ?? systemRandom;
  const storage = options.outbox ?? memoryOutbox();
  const feed = new Feed();
  const rooms = new Map<string, LiveRoom>();
  const joined = new View<readonly Room[]>(() => [...rooms.values()].filter((room) => room.wanted));

  const connection = new Connection(
    {
      url: socketUrl(options.url),
      credentials: { name: options.name, token: options.token },
      clock,
      random,
      transport: options.transport ?? webSocketTransport,
    },
    {
      online: () => {
        for (const room of rooms.values()) room.online();
      },
      offline: () => {
        for (const room of rooms.values()) room.offline();
      },
      event: receive,
      ended: (why) => {
        for (const room of rooms.values()) room.ended(why);
        feed.close(why.code === 'closed' ? undefined : why);
        clock.stop();
      },
    },
  );
  const cameOrWent = () => joined.changed();
  const house: House = { connection, feed, storage, clock, random, request, cameOrWent };

  function receive(event: ServerEvent): void {
    if ('room' in event) rooms.get(event.room)?.receive(event);
    else if (event.type !== 'heartbeat') feed.emit(event);
  }

  function room(name: string): LiveRoom {
    const known = rooms.get(name);
    if (known !== undefined) return known;
    const made = new LiveRoom(name, house);
    rooms.set(name, made);
    return made;
  }

  function request<T extends CommandType>(command: RequestOf<T>): Promise<ReplyOf<T>> {
    const { promise, resolve, reject } = Promise.withResolvers<ReplyOf<T>>();
    connection.ask(command, (answer) => {
      if (answer instanceof ChinwagError) reject(answer);
      else resolve(answer);
    });
    return promise;
  }

  function ready(): Promise<Online> {
    const { promise, resolve, reject } = Promise.withResolvers<Online>();
    const look = () => {
      const state = connection.state.get();
      if (state.status === 'online') resolve(state);
      else if (state.status === 'closed') reject(state.why);
    };
    const stop = connection.state.subscribe(look);
    look();
    return promise.finally(stop);
  }

  storage.load().then(
    (entries) => {
      // Whoever was closed while the outbox was read goes nowhere any more.
      if (connection.ended !== undefined) return;
      const byRoom = Map.groupBy(entries, (entry) => entry.room);
      for (const [name, unsent] of byRoom) room(name).restore(unsent);
      connection.connect();
    },
    (cause: unknown) => {
      const message = 'the unsent messages could not be read; repair or remove the outbox';
      connection.close(new ChinwagError('outbox', message, { cause }));
    },
  );

  return {
    state: connection.state,
    joined,
    ready,
    room,
    rooms: async (query) => {
      const reply = await request({ type: 'rooms', ...(query === undefined ? {} : { query }) });
      return reply.rooms;
    },
    create: (fields) => request({ type: 'create', ...fields }),
    request,
    events: (...types) => feed.read(types),
    wake: () => connection.wake(),
    close: () => connection.close(new ChinwagError('closed', 'this client was closed')),
  };
}
