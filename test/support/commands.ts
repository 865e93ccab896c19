/** What is known of a field: a text of so many characters, or something else. */
export type Field =
  | { readonly kind: 'text'; readonly most: number; readonly empty: boolean }
  | { readonly kind: 'name' | 'room' | 'seq' | 'position' | 'limit' | 'files' | 'public' };

const text = (most: number, empty = true): Field => ({ kind: 'text', most, empty });
const seq = { kind: 'seq' } as const;
const position = { kind: 'position' } as const;
const room = { kind: 'room' } as const;

/** Every command of the protocol: its fields, and one that is well-formed with all of them. */
export const commandTable: Readonly<
  Record<string, { readonly fields: Readonly<Record<string, Field>>; readonly valid: object }>
> = {
  hello: {
    fields: { name: { kind: 'name' }, token: text(200, false) },
    valid: { name: 'ann', token: 'secret' },
  },
  join: {
    fields: { room, after: position, epoch: text(64) },
    valid: { room: 'general', after: 0, epoch: 'e' },
  },
  leave: { fields: { room }, valid: { room: 'general' } },
  rooms: { fields: { query: text(200) }, valid: { query: 'gen' } },
  create: {
    fields: { room, kind: { kind: 'public' }, title: text(200) },
    valid: { room: 'ops', kind: 'public', title: 'Operations' },
  },
  setTopic: { fields: { room, topic: text(1_000) }, valid: { room: 'general', topic: 'tea' } },
  send: {
    fields: {
      room,
      text: text(4_000, false),
      key: text(64, false),
      replyTo: seq,
      files: { kind: 'files' },
    },
    valid: { room: 'general', text: 'hello', key: 'k', replyTo: 1, files: [] },
  },
  history: {
    fields: { room, before: seq, after: position, around: seq, limit: { kind: 'limit' } },
    valid: { room: 'general', before: 5, after: 1, around: 3, limit: 50 },
  },
  read: { fields: { room, seq }, valid: { room: 'general', seq: 1 } },
  typing: { fields: { room }, valid: { room: 'general' } },
  heartbeat: { fields: {}, valid: {} },
};

const noText = [null, true, 0, 1.5, [], ['a'], {}, { length: 3 }];
const noNumber = [null, true, '1', '', [], [1], {}, 1.5, -1, 1e300, 2 ** 53];

/** Values that no field of this kind takes. */
export function wrongValues(field: Field): readonly unknown[] {
  switch (field.kind) {
    case 'text':
      return field.empty ? noText : [...noText, ''];
    case 'name':
      return noText;
    case 'room':
      return [
        ...noText,
        '',
        'General',
        'a b',
        '-a',
        '.a',
        '_a',
        'a/b',
        '../a',
        'é',
        'a\n',
        'a'.repeat(65),
      ];
    case 'seq':
      return [...noNumber, 0];
    case 'position':
      return noNumber;
    case 'limit':
      return [...noNumber, 0, 201];
    case 'files':
      return [null, true, 1, 'f_1', {}, ['f_1'], [1]];
    case 'public':
      return [...noText, '', 'Public', 'secret', '__proto__'];
  }
}
