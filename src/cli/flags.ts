import { options as serverOptions } from '../server/config.ts';
import type { Flags, Given } from './command.ts';
import { placeFlags } from './place.ts';

const json = { help: 'print JSON, an object a line' } as const;

/** The options of every command: for reading a command line, for its help and its completion. */
export const flags = {
  serve: serveFlags(),

  join: placeFlags,

  send: {
    ...placeFlags,
    key: {
      value: 'KEY',
      help: 'said once, however often it is sent with this key; up to 56 letters, digits and . _ : / @ + = -',
    },
    'reply-to': { value: 'SEQ', help: 'the number of the message that this one answers' },
    'wait-reply': { value: 'TIME', help: 'wait so long for the first reply, and print it' },
    timeout: {
      value: 'TIME',
      help: 'give up when the server was away, or took nothing, for so long',
      byDefault: '10s',
    },
    code: { help: 'say it as code' },
    json: { help: 'print what the server answered, as JSON' },
  },

  tail: {
    ...placeFlags,
    since: {
      value: 'WHEN',
      help: 'begin so long ago, at a time, or after a message: 1h, 2026-11-23, 41',
    },
    limit: { value: 'N', help: 'end after so many messages' },
    'no-follow': { help: 'end with what there is' },
    json,
  },

  rooms: { ...placeFlags, json },

  who: { ...placeFlags, json },

  bench: {
    members: { value: 'N', byDefault: '100', help: 'members of each room' },
    senders: { value: 'N', byDefault: '10', help: 'how many members of each room also send' },
    rooms: { value: 'N', byDefault: '1', help: 'rooms' },
    'in-flight': {
      value: 'N',
      byDefault: '16',
      help: 'messages each sender has sent and not yet got back; 1 is lockstep',
    },
    rate: {
      value: 'N/s',
      help: 'instead: this many messages a second by all senders together, come what may; latency then counts from when each was due',
    },
    size: { value: 'BYTES', byDefault: '100', help: 'the text of a message, 18 to 4000' },
    idle: { value: 'N', byDefault: '0', help: 'more connections that only sign in and listen' },
    duration: {
      value: 'TIME',
      byDefault: '10s',
      help: 'how long to measure, after 1 s of warming up',
    },
    json: { help: 'print the result as JSON' },
  },

  completion: {},
} as const satisfies Record<string, Flags>;

/** What one of the commands is given. */
export type GivenTo<N extends keyof typeof flags> = Given<(typeof flags)[N]>;

function serveFlags(): Flags {
  return Object.fromEntries(
    Object.values(serverOptions).map(({ flag, ...facts }) => [flag, facts]),
  );
}
