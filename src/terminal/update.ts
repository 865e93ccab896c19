import type { RoomEntry } from '../chat/room-list.ts';
import { strip } from '../chat/strip.ts';
import type { ConnectionState, Timeline } from '../client/index.ts';
import { choosing } from './choosing.ts';
import { composerOf, paste, type } from './composer.ts';
import { fieldOf, withField } from './field.ts';
import { finding } from './finding.ts';
import type { Input } from './input.ts';
import { bindings } from './keys.ts';
import { anchored, landed, readNow } from './landing.ts';
import type { Look } from './look.ts';
import { naming } from './naming.ts';
import { roomsPage } from './pages.ts';
import { type Passing, passed } from './passings.ts';
import { openPage, reading } from './reading.ts';
import type { Size } from './screen.ts';
import { searching, sought } from './searching.ts';
import { sightOf } from './sight.ts';
import { changeHere, here, newRoom, type RoomSummary, type State, say } from './state.ts';
import { type Effect, type Step, step } from './step.ts';
import { talking } from './talking.ts';
import { graphemesOf } from './width.ts';
import { writing } from './writing.ts';

/** What can happen to the client. */
export type Happening =
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'resized'; readonly size: Size }
  /** What the stores hold now. */
  | {
      readonly kind: 'synced';
      readonly now: number;
      readonly connection: ConnectionState;
      readonly entries: readonly RoomEntry[];
      readonly timeline: Timeline;
    }
  /** Another room is looked at. */
  | {
      readonly kind: 'opened';
      readonly timeline: Timeline;
      readonly draft: string;
      /** For what is unread there, wherever in it one was before. */
      readonly toUnread: boolean;
    }
  | {
      readonly kind: 'passed';
      readonly room: string;
      readonly after: number;
      readonly passing: Passing;
    }
  | { readonly kind: 'listed'; readonly rooms: readonly RoomSummary[]; readonly isPage: boolean }
  | { readonly kind: 'looks'; readonly look: Look }
  | { readonly kind: 'asksName'; readonly name: string; readonly why: string }
  | { readonly kind: 'said'; readonly text: string; readonly isBad: boolean };

/** The one place where the state changes. */
export function update(state: State, happening: Happening): Step {
  switch (happening.kind) {
    case 'input':
      return pressed(state, happening.input);
    case 'resized':
      return step({ ...state, size: happening.size });
    case 'synced':
      return step(synced(state, happening));
    case 'opened':
      return step(opened(state, happening));
    case 'passed': {
      const { room, after, passing } = happening;
      return step({ ...state, passings: passed(state.passings, room, after, passing) });
    }
    case 'listed': {
      const { rooms, isPage } = happening;
      const known = { ...state, listed: rooms };
      return step(isPage ? openPage(known, roomsPage(rooms)) : known);
    }
    case 'looks':
      return step({ ...state, look: happening.look });
    case 'asksName': {
      const { name, why } = happening;
      return step({ ...state, layer: { kind: 'naming', field: composerOf(name), why } });
    }
    case 'said':
      return step(say(state, strip(happening.text), happening.isBad));
  }
}

function synced(state: State, { now, connection, entries, timeline }: Synced): State {
  const me = connection.status === 'online' ? connection.user : state.me;
  const next = { ...state, now, connection, me, entries, timeline };
  // What was held is gone, and with it the place: whoever was not at the latest finds it again.
  const isAfresh = timeline.resets !== state.timeline.resets;
  const isLost = isAfresh && here(state).scroll.at === 'block';
  if (isLost) return landed(changeHere(next, { landing: true, unreadAfter: undefined }));
  return anchored(landed(next));
}

type Synced = Extract<Happening, { kind: 'synced' }>;

/**
 * A room is as it was left, also where one had scrolled up to. Where one was at the latest, what
 * is unread by now is found anew.
 */
function opened(state: State, happening: Extract<Happening, { kind: 'opened' }>): State {
  const { timeline, draft, toUnread } = happening;
  const { room } = timeline;
  const known = state.rooms.find(({ name }) => name === room);
  const fresh = newRoom(room, draft);
  const left = known === undefined ? fresh : { ...fresh, composer: known.composer };
  const others = state.rooms.filter(({ name }) => name !== room);
  const shown = { ...state, timeline, completion: undefined };
  if (known?.scroll.at === 'block' && !toUnread) {
    const kept = { ...shown, rooms: [...others, known] };
    if (sightOf(kept).find(known.scroll.key) !== undefined) return kept;
  }
  return landed({ ...shown, rooms: [...others, left] });
}

/** What a key, a text or a paste does, and what follows from what is written then. */
function pressed(state: State, input: Input): Step {
  const before = here(state);
  const next = done({ ...state, said: undefined, asked: undefined }, input, state);
  const after = here(next.state);
  if (before.name !== after.name) return next;
  // Whoever scrolls up has seen what they leave.
  const seen = after.scroll.at === 'end' ? undefined : readNow(state);
  const read: readonly Effect[] =
    seen === undefined ? [] : [{ do: 'read', room: after.name, seq: seen }];
  const text = after.composer.editor.text;
  if (text === before.composer.editor.text) return step(next.state, ...next.effects, ...read);
  const kept: Effect = { do: 'keepDraft', room: after.name, text };
  const isTyping = text.length > 0 && !text.startsWith('/');
  const typing: readonly Effect[] = isTyping ? [{ do: 'typing', room: after.name }] : [];
  return step(next.state, ...next.effects, ...read, kept, ...typing);
}

function done(state: State, input: Input, { asked, completion }: State): Step {
  switch (input.kind) {
    case 'key':
      return keyed(state, input.key, asked, completion);
    case 'text':
      return texted(state, input.text);
    case 'paste': {
      const text = strip(input.text.replace(/\r\n?/g, '\n'));
      const isTalking = state.layer.kind === 'none';
      return written(state, isTalking ? text : text.replace(/\n+/g, ' '));
    }
  }
}

function keyed(
  state: State,
  key: string,
  asked: State['asked'],
  completion: State['completion'],
): Step {
  switch (state.layer.kind) {
    case 'none': {
      const does = bindings.talking.get(key);
      if (does === undefined) return wrote({ ...state, completion: undefined }, key);
      const keeps = does === 'complete' || does === 'completeBack';
      return talking[does](
        { ...state, completion: keeps ? completion : undefined },
        { key, asked },
      );
    }
    case 'choosing': {
      const does = bindings.choosing.get(key);
      return does === undefined ? step(state) : choosing[does](state);
    }
    case 'reading': {
      const does = bindings.reading.get(key);
      return does === undefined ? step(state) : reading[does](state);
    }
    case 'finding': {
      const does = bindings.finding.get(key);
      return does === undefined ? wrote(state, key) : finding[does](state);
    }
    case 'searching': {
      const does = bindings.searching.get(key);
      return does === undefined ? wrote(state, key) : searching[does](state);
    }
    case 'naming': {
      const does = bindings.naming.get(key);
      return does === undefined ? wrote(state, key) : naming[does](state);
    }
  }
}

/** A letter is a key where nothing is being written, and may lead to where something is. */
function texted(state: State, text: string): Step {
  const { kind } = state.layer;
  if (kind !== 'choosing' && kind !== 'reading') return written(state, text);
  const [first = '', ...rest] = graphemesOf(text);
  const next = keyed(state, first, undefined, undefined);
  if (rest.length === 0) return next;
  const last = texted(next.state, rest.join(''));
  return step(last.state, ...next.effects, ...last.effects);
}

function written(state: State, text: string): Step {
  const { composer } = fieldOf(state);
  const isLong = text.includes('\n');
  const changed = withField(state, isLong ? paste(composer, text) : type(composer, text));
  return step(sought({ ...changed, completion: undefined }));
}

function wrote(state: State, key: string): Step {
  const does = bindings.writing.get(key);
  if (does === undefined) return step(state);
  const { composer } = fieldOf(state);
  const changed = writing[does](composer);
  const next = withField(state, changed);
  return step(changed.editor.text === composer.editor.text ? next : sought(next));
}
