import { join } from 'node:path';
import { loadEmoji } from '../chat/emoji.ts';
import { ChinwagError, type Clock, type Room } from '../client/index.ts';
import { capitalised } from './capitalised.ts';
import { carryOut } from './effects.ts';
import { configFolder } from './folders.ts';
import { Follower } from './follower.ts';
import type { Input } from './input.ts';
import { lookOf } from './look.ts';
import type { Screen, Size } from './screen.ts';
import { Session, type Tokens } from './session.ts';
import { type Settings, SettingsFile } from './settings.ts';
import { newRoom, noLayer, type State } from './state.ts';
import type { Effect } from './step.ts';
import type { Background } from './theme.ts';
import { type Happening, update } from './update.ts';
import { view } from './view.ts';

/** What the network brings is painted this many milliseconds apart at the least. */
const FRAME_MS = 125;
/** The bell rings no more often than this. */
const SELDOM_MS = 1_000;

/** The terminal as the app needs it. */
export interface Display extends Screen {
  readonly background: Promise<Background>;
  title(text: string): void;
  ring(): void;
  /** Draws everything anew, where something else has written on the screen. */
  repaint(): void;
}

type DisplayListeners = {
  readonly onInput: (input: Input) => void;
  readonly onResize: (size: Size) => void;
  readonly onGone: () => void;
};

export type AppOptions = {
  readonly server: string;
  readonly room: string;
  readonly name: string;
  readonly tokens: Tokens;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly display: (listeners: DisplayListeners) => Display;
};

/** How it ended: `why`, where it was not the person who wanted that, and what is still unsent. */
export type Ending = {
  readonly why: ChinwagError | undefined;
  readonly unsent: number;
  /** Who it was in the end. */
  readonly name: string;
};

/** Wires what happens to the state, and the state to the screen. */
export class App {
  readonly #options: AppOptions;
  readonly #display: Display;
  readonly #settingsFile: SettingsFile;
  readonly #follower: Follower;
  readonly #ended = Promise.withResolvers<Ending>();
  #state: State;
  #session: Session;
  #room: Room;
  #background: Background = 'dark';
  #stops: (() => void)[] = [];
  #isStale = false;
  #isPainting = false;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #cancelFrame: (() => void) | undefined;
  #rangAt = Number.NEGATIVE_INFINITY;
  #wasOnline = false;
  #isOver = false;

  constructor(options: AppOptions) {
    this.#options = options;
    this.#settingsFile = new SettingsFile(join(configFolder(options.environment), 'settings.json'));
    const { settings, bad } = this.#settingsFile.read();
    this.#session = this.#newSession(options.name);
    this.#room = this.#session.client.room(options.room);
    this.#display = options.display({
      onInput: (input) => this.#input(input),
      onResize: (size) => this.#happened({ kind: 'resized', size }),
      onGone: () => this.quit(),
    });
    this.#state = {
      size: this.#display.size,
      now: options.clock.now(),
      server: options.server,
      connection: this.#session.client.state.get(),
      me: undefined,
      settings,
      look: lookOf(settings, this.#background, undefined),
      entries: [],
      listed: [],
      timeline: this.#room.timeline.get(),
      passings: new Map(),
      rooms: [newRoom(options.room, this.#session.drafts.read(options.room))],
      layer: noLayer,
      completion: undefined,
      asked: undefined,
      said: bad === undefined ? undefined : { text: bad, isBad: true },
    };
    this.#follower = new Follower(options.clock, () => ({ state: this.#state, room: this.#room }));
    this.#paint();
    this.#begin();
    this.#display.background.then((background) => {
      this.#background = background;
      if (background !== 'dark') this.#relook(this.#state.settings);
    });
  }

  /** Resolves when the person has left, or when there is no terminal any more. */
  get ended(): Promise<Ending> {
    return this.#ended.promise;
  }

  quit(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const ending = { why: this.#why(), unsent: this.#unsent(), name: this.#session.name };
    for (const stop of this.#stops) stop();
    this.#cancelFrame?.();
    this.#follower.stop();
    this.#display.close();
    this.#session.close().then(() => this.#ended.resolve(ending), this.#ended.reject);
  }

  #newSession(name: string): Session {
    const { server, tokens, environment, clock } = this.#options;
    return new Session({
      server,
      name,
      tokens,
      environment,
      clock,
      troubled: (text) => this.#say(text, true),
    });
  }

  /** Follows a session that was just made. */
  #begin(): void {
    const { client, list } = this.#session;
    this.#stops = [
      client.state.subscribe(() => this.#connectionChanged()),
      list.subscribe(() => this.#stale()),
    ];
    this.#open(this.#room.name);
    this.#hear(this.#session);
  }

  #connectionChanged(): void {
    const state = this.#session.client.state.get();
    this.#stale();
    if (state.status === 'online' && !this.#wasOnline) {
      this.#wasOnline = true;
      loadEmoji().then((emoji) => this.#relook(this.#state.settings, emoji));
    }
    if (state.status !== 'closed' || this.#isOver) return;
    if (this.#session.isForgotten()) this.#signIn(this.#session.name);
    else if (state.why.code === 'name_taken' || state.why.code === 'name_invalid') {
      this.#happened({
        kind: 'asksName',
        name: this.#session.name,
        why: capitalised(state.why.message),
      });
    }
  }

  /** Comes in as somebody else: whatever belonged to the one before is left behind. */
  #signIn(name: string): void {
    for (const stop of this.#stops) stop();
    this.#session.close();
    this.#session = this.#newSession(name);
    this.#room = this.#session.client.room(this.#room.name);
    this.#begin();
  }

  /** What is not kept in a store: who comes and goes, who calls, what the server says. */
  async #hear(session: Session): Promise<void> {
    const { client } = session;
    try {
      for await (const event of client.events(
        'connected',
        'disconnected',
        'notice',
        'message',
        'mention',
      )) {
        if (event.type === 'notice') this.#say(event.text, event.level === 'warning');
        if (event.type === 'connected' || event.type === 'disconnected') {
          this.#passed(client.room(event.room), event.user.name, event.type === 'connected');
        }
        const { bell } = this.#state.settings;
        if (event.type === 'mention' && bell !== 'off') this.#ring();
        if (event.type === 'message' && bell === 'all' && event.from.id !== this.#state.me?.id) {
          this.#ring();
        }
      }
    } catch (error) {
      // Why it ended is in the state of the connection, for everyone to see.
      if (!(error instanceof ChinwagError)) throw error;
    }
  }

  #passed(room: Room, name: string, came: boolean): void {
    const last = room.timeline.get().messages.findLast(({ state }) => state === 'sent');
    const after = last?.state === 'sent' ? last.seq : 0;
    this.#step({ kind: 'passed', room: room.name, after, passing: { name, came } });
    this.#stale();
  }

  #ring(): void {
    const now = this.#options.clock.now();
    if (now - this.#rangAt < SELDOM_MS) return;
    this.#rangAt = now;
    this.#display.ring();
  }

  #say(text: string, isBad = false): void {
    this.#happened({ kind: 'said', text, isBad });
  }

  #relook(settings: Settings, emoji = this.#state.look.emoji): void {
    this.#happened({ kind: 'looks', look: lookOf(settings, this.#background, emoji) });
  }

  /** What a person does is on the screen at once, whatever else is going on. */
  #input(input: Input): void {
    const wasStale = this.#isStale;
    this.#isStale = false;
    this.#step({ kind: 'input', input });
    // What the key itself changed is shown with it; what the network brought waits for its turn.
    if (this.#isStale) this.#sync();
    else this.#isStale = wasStale;
    this.#paintSoon();
  }

  #happened(happening: Happening): void {
    if (this.#isOver) return;
    this.#step(happening);
    this.#paintSoon();
  }

  #step(happening: Happening): void {
    const { state, effects } = update(this.#state, happening);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
  }

  /** The stores hold something that the state does not: it is fetched with the next frame. */
  #stale(): void {
    this.#isStale = true;
    if (this.#cancelFrame !== undefined || this.#isOver) return;
    const { clock } = this.#options;
    const wait = Math.max(0, this.#paintedAt + FRAME_MS - clock.now());
    this.#cancelFrame = clock.after(wait, () => {
      this.#cancelFrame = undefined;
      if (this.#isStale) this.#sync();
      this.#paint();
    });
  }

  #sync(): void {
    this.#isStale = false;
    this.#step({
      kind: 'synced',
      now: this.#options.clock.now(),
      connection: this.#session.client.state.get(),
      entries: this.#session.list.get(),
      timeline: this.#room.timeline.get(),
    });
  }

  /** Everything that came in one piece is painted once. */
  #paintSoon(): void {
    if (this.#isPainting) return;
    this.#isPainting = true;
    queueMicrotask(() => {
      this.#isPainting = false;
      this.#paint();
    });
  }

  #paint(): void {
    if (this.#isOver) return;
    this.#paintedAt = this.#options.clock.now();
    this.#display.paint(view(this.#state));
    this.#display.title(titleOf(this.#state));
    this.#follower.follow();
    if (this.#state.connection.status === 'waiting') this.#tick();
  }

  /** A count of seconds goes on by itself. */
  #tick(): void {
    if (this.#cancelFrame !== undefined) return;
    this.#cancelFrame = this.#options.clock.after(SELDOM_MS / 2, () => {
      this.#cancelFrame = undefined;
      this.#sync();
      this.#paint();
    });
  }

  #do(effect: Effect): void {
    const { client, list, drafts } = this.#session;
    carryOut(effect, {
      client,
      list,
      drafts,
      room: this.#room.name,
      open: (room, toUnread) => this.#open(room, toUnread),
      happened: (happening) => this.#happened(happening),
      keepSettings: (settings) => this.#keepSettings(settings),
      signIn: (name) => this.#signIn(name),
      repaint: () => this.#display.repaint(),
      quit: () => this.quit(),
    });
  }

  #keepSettings(settings: Settings): void {
    this.#relook(settings);
    this.#settingsFile.write(settings).catch((error: Error) => this.#say(error.message, true));
  }

  /** Goes into a room and looks at it. */
  #open(name: string, toUnread = false): void {
    const room = this.#session.client.room(name);
    const stop = this.#stops[2];
    stop?.();
    this.#room = room;
    this.#stops[2] = room.timeline.subscribe(() => this.#stale());
    // Should it be refused, the timeline says so and why.
    room.join().catch(() => {});
    const draft = this.#session.drafts.read(name);
    this.#happened({ kind: 'opened', timeline: room.timeline.get(), draft, toUnread });
    this.#stale();
  }

  #why(): ChinwagError | undefined {
    const state = this.#session.client.state.get();
    if (state.status === 'closed') return state.why;
    if (this.#wasOnline || state.status !== 'waiting') return undefined;
    return state.why;
  }

  #unsent(): number {
    const rooms = this.#session.client.joined.get();
    return rooms
      .flatMap(({ timeline }) => timeline.get().messages)
      .filter(({ state }) => state !== 'sent').length;
  }
}

function titleOf({ timeline, entries }: State): string {
  const mentions = entries.reduce((sum, entry) => sum + entry.mentions, 0);
  return `${mentions > 0 ? `(${mentions}) ` : ''}#${timeline.room} · chinwag`;
}
