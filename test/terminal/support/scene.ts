import type { RoomEntry } from '../../../src/chat/room-list.ts';
import { ChinwagError, type ConnectionState, type Timeline } from '../../../src/client/index.ts';
import { lookOf } from '../../../src/terminal/look.ts';
import type { Size } from '../../../src/terminal/screen.ts';
import { type Settings, usualSettings } from '../../../src/terminal/settings.ts';
import { newRoom, noLayer, type State } from '../../../src/terminal/state.ts';
import type { Effect } from '../../../src/terminal/step.ts';
import { type Happening, update } from '../../../src/terminal/update.ts';
import { view } from '../../../src/terminal/view.ts';
import { ann, MORNING, timeline } from '../../support/timeline.ts';
import { TestScreen } from './test-screen.ts';

// Times are written as they are in Greenwich, wherever the test runs.
process.env.TZ = 'UTC';

export const NOW = MORNING + 3_600_000;

export const online: ConnectionState = {
  status: 'online',
  user: { ...ann, kind: 'guest' },
  session: 's_1',
  epoch: 'e_1',
  server: { name: 'chinwag', version: '0.1.0' },
  heartbeat: { everyMs: 15_000, timeoutMs: 45_000 },
  limits: { frameBytes: 65_536, textChars: 4_000 },
  rooms: [],
  roundTripMs: 3,
};

export const offline: ConnectionState = {
  status: 'waiting',
  retryAt: NOW + 3_000,
  why: new ChinwagError('disconnected', 'the connection broke (code 1006)'),
};

export function entry(room: string, waiting: Partial<RoomEntry> = {}): RoomEntry {
  return {
    room,
    kind: 'public',
    title: '',
    standing: 'live',
    unread: 0,
    mentions: 0,
    ...waiting,
  };
}

export type SceneOptions = {
  readonly size?: Size;
  readonly connection?: ConnectionState;
  readonly settings?: Partial<Settings>;
  readonly entries?: readonly RoomEntry[];
  readonly timeline?: Timeline;
};

/** A client without a network: what happens to it is told, and what it shows and wants is read. */
export class Scene {
  /** What it asked of the world so far. */
  readonly effects: Effect[] = [];
  state: State;

  constructor(options: SceneOptions = {}) {
    const settings = { ...usualSettings, ...options.settings };
    const { size = { columns: 80, rows: 24 }, connection = online } = options;
    const empty = timeline([], { standing: 'out', head: 0 });
    this.state = {
      size,
      now: NOW,
      server: 'http://127.0.0.1:2428',
      connection: { status: 'connecting' },
      me: undefined,
      settings,
      look: lookOf(settings, 'dark', undefined),
      entries: [],
      listed: [],
      timeline: empty,
      passings: new Map(),
      rooms: [newRoom(empty.room, '')],
      layer: noLayer,
      completion: undefined,
      asked: undefined,
      said: undefined,
    };
    const entries = options.entries ?? [entry('general')];
    this.sync({ connection, entries, timeline: options.timeline ?? empty });
  }

  happens(happening: Happening): this {
    const { state, effects } = update(this.state, happening);
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  /** The stores changed. */
  sync(change: Partial<Pick<State, 'connection' | 'entries' | 'timeline' | 'now'>>): this {
    const { now, connection, entries, timeline } = { ...this.state, ...change };
    return this.happens({ kind: 'synced', now, connection, entries, timeline });
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) this.happens({ kind: 'input', input: { kind: 'key', key } });
    return this;
  }

  type(text: string): this {
    return this.happens({ kind: 'input', input: { kind: 'text', text } });
  }

  paste(text: string): this {
    return this.happens({ kind: 'input', input: { kind: 'paste', text } });
  }

  /** What is on a terminal that shows it. */
  async screen(): Promise<TestScreen> {
    const screen = new TestScreen(this.state.size);
    screen.painter.paint(view(this.state));
    await screen.settled();
    return screen;
  }

  async rows(): Promise<string[]> {
    return (await this.screen()).rows;
  }
}
