import type { MessageNow, RoomEvent } from '../../protocol/index.ts';
import type { Draft } from './storage.ts';

/** An event as a row: one shape for every kind of change, now and later. */
export type EventRow = {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly person: string;
  /** The name at the time. */
  readonly name: string;
  readonly key: string | null;
  /** The `seq` of the message that this one answers or changes. */
  readonly target: number | null;
  /** What was said or set. */
  readonly body: string;
};

export function toRow(draft: Draft, seq: number): EventRow {
  const { at, type, from } = draft;
  const common = { seq, at, type, person: from.id, name: from.name };
  switch (draft.type) {
    case 'message':
      return {
        ...common,
        key: draft.key ?? null,
        target: draft.replyTo ?? null,
        body: draft.text,
      };
    case 'topicSet':
      return { ...common, key: null, target: null, body: draft.topic };
  }
}

export function toEvent(room: string, row: EventRow): RoomEvent {
  switch (row.type) {
    case 'message':
      return { type: 'message', ...toMessage(room, row) };
    case 'topicSet':
      return { type: 'topicSet', ...heading(room, row), topic: row.body };
    default:
      throw new Error(`the storage of ${room} holds an event of unknown type ${row.type}`);
  }
}

export function toMessage(room: string, row: EventRow): MessageNow {
  return {
    ...heading(room, row),
    text: row.body,
    ...(row.key === null ? {} : { key: row.key }),
    ...(row.target === null ? {} : { replyTo: row.target }),
  };
}

function heading(room: string, row: EventRow) {
  return { room, seq: row.seq, at: row.at, from: { id: row.person, name: row.name } };
}
