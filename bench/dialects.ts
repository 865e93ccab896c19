import { chinwag } from '../src/load/chinwag.ts';
import type { Dialect, Heard, Place, SignIn } from '../src/load/dialect.ts';
import { stampChars } from '../src/load/stamp.ts';

/** How the peers are spoken to, each in the way that is usual for it. */

/** As long as chinwag's own ids are. */
const USER_ID = `u_${'0'.repeat(16)}`;

const nothing: Heard = { kind: 'nothing' };

/** Says `welcome` once it has taken a connection in, then passes on what it gets, as it is. */
const plain: Dialect = {
  name: 'plain',
  path: roomPath,
  *signIn(): SignIn {
    while ((yield []) !== 'welcome');
    return {};
  },
  message: (place, text) =>
    JSON.stringify({ type: 'message', room: place.room, from: place.name, text }),
  hear: () => nothing,
  echoes: true,
  answers: false,
};

/**
 * For the ceiling, which passes on what it gets: a message of the form and length that chinwag
 * delivers, so that the two differ in what they do, and not in how long an envelope is.
 */
const envelope: Dialect = {
  ...plain,
  name: 'envelope',
  message: (place, text) =>
    JSON.stringify({
      type: 'message',
      room: place.room,
      seq: 100_000,
      at: 1_500_000_000_000,
      from: { id: USER_ID, name: place.name },
      text,
      key: text.slice(0, stampChars),
    }),
};

/** The demo's JSON: one room, and everyone but the sender gets the message. */
const demo: Dialect = {
  name: 'demo',
  path: (place) => `/?id=${place.name}`,
  *signIn(place: Place): SignIn {
    const launched = `{"ID":"${place.name}","Content":"connected"`;
    while (!(yield []).startsWith(launched));
    return {};
  },
  message: (place, text) => JSON.stringify({ ID: place.name, Content: text, SentAt: 0, Type: 1 }),
  hear: () => nothing,
  echoes: false,
  answers: false,
};

/** Engine.IO 4 packets around Socket.IO 5 events; `2` asks for life and `3` proves it. */
const socketIo: Dialect = {
  name: 'socketio',
  path: (place) => `/socket.io/?EIO=4&transport=websocket&${roomQuery(place)}`,
  *signIn(): SignIn {
    while (!(yield []).startsWith('0'));
    let frame = yield ['40'];
    while (!frame.startsWith('42["welcome"')) frame = yield frame === '2' ? ['3'] : [];
    return {};
  },
  message: (place, text) =>
    `42${JSON.stringify(['message', { room: place.room, from: place.name, text }])}`,
  hear: (frame) => (frame === '2' ? { kind: 'reply', text: '3' } : nothing),
  echoes: true,
  answers: false,
};

function roomPath(place: Place): string {
  return `/?${roomQuery(place)}`;
}

/** The idle share a room in which nothing is said. */
function roomQuery(place: Place): string {
  return `room=${place.room ?? 'idle'}`;
}

export const dialects = { chinwag, plain, envelope, demo, socketIo } as const;
export type DialectName = keyof typeof dialects;
