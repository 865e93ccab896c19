import type { RoomEntry } from '../chat/room-list.ts';
import type { Cycle } from '../chat/tab.ts';
import type { ConnectionState, Timeline } from '../client/index.ts';
import type { Person } from '../protocol/events.ts';
import type { ReplyOf } from '../protocol/replies.ts';
import { type Composer, composerOf } from './composer.ts';
import type { Look } from './look.ts';
import type { Passings } from './passings.ts';
import type { Size } from './screen.ts';
import { atEnd, type Scroll } from './scroll.ts';
import type { Settings } from './settings.ts';

export type RoomSummary = ReplyOf<'rooms'>['rooms'][number];

/** What a person does in one room, as it was left. */
export type RoomState = {
  readonly name: string;
  readonly composer: Composer;
  readonly scroll: Scroll;
  /** Where one was put last because what one read there was dropped. */
  readonly putAt: Scroll | undefined;
  /** Where one had read to when the room was opened; undefined until that is known. */
  readonly unreadAfter: number | undefined;
  /** Just opened: the first unread message is still to be found. */
  readonly landing: boolean;
};

/** What lies over the messages, or takes the keys from the composer. */
export type Layer =
  | { readonly kind: 'none' }
  | { readonly kind: 'choosing'; readonly key: string }
  | {
      readonly kind: 'searching';
      readonly field: Composer;
      /** Where the person was before, to come back to. */
      readonly from: Scroll;
      /** The keys of what matches, oldest first, and which of them is shown. */
      readonly hits: readonly string[];
      readonly at: number;
    }
  | {
      readonly kind: 'finding';
      readonly field: Composer;
      readonly chosen: number;
    }
  | { readonly kind: 'reading'; readonly page: Page; readonly top: number }
  | { readonly kind: 'naming'; readonly field: Composer; readonly why: string };

/** Text to read: its lines are wrapped as they are shown. */
export type Page = { readonly title: string; readonly lines: readonly PageLine[] };
export type PageLine =
  | { readonly kind: 'heading' | 'plain'; readonly text: string }
  /** Something, and what it is or does. */
  | { readonly kind: 'entry'; readonly term: string; readonly text: string };

/** What the same key again would do; any other key takes it back. */
export type Asked = 'leave' | 'sendMany';

type Said = { readonly text: string; readonly isBad: boolean };

/** All that the screen is made of. */
export type State = {
  readonly size: Size;
  readonly now: number;
  readonly server: string;
  readonly connection: ConnectionState;
  /** Who this is, since it was first known. */
  readonly me: Person | undefined;
  readonly settings: Settings;
  readonly look: Look;
  /** The rooms this person is in. */
  readonly entries: readonly RoomEntry[];
  /** All that the server has, as far as it was asked. */
  readonly listed: readonly RoomSummary[];
  /** The room that is looked at. */
  readonly timeline: Timeline;
  readonly passings: Passings;
  /** Those that were looked at. */
  readonly rooms: readonly RoomState[];
  readonly layer: Layer;
  readonly completion: Cycle | undefined;
  readonly asked: Asked | undefined;
  /** What the client has to say, until the next key. */
  readonly said: Said | undefined;
};

export const noLayer: Layer = { kind: 'none' };

export function newRoom(name: string, draft: string): RoomState {
  return {
    name,
    composer: composerOf(draft),
    scroll: atEnd,
    putAt: undefined,
    unreadAfter: undefined,
    landing: true,
  };
}

/** The room that is looked at. */
export function here(state: State): RoomState {
  const { room } = state.timeline;
  return state.rooms.find(({ name }) => name === room) ?? newRoom(room, '');
}

export function changeHere(state: State, change: Partial<RoomState>): State {
  const changed = { ...here(state), ...change };
  const rooms = state.rooms.map((room) => (room.name === changed.name ? changed : room));
  return { ...state, rooms };
}

export function say(state: State, text: string, isBad = false): State {
  return { ...state, said: { text, isBad } };
}
