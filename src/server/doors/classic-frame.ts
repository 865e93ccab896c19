import { Compile } from 'typebox/schema';
import type { PassingEvent, RoomEvent, ServerEvent } from '../../protocol/index.ts';

/** The five kinds of message of the original demo, by its numbers. */
const kinds = { system: 0, broadcast: 1, heartbeat: 2, connected: 3, disconnected: 4 } as const;

/** The original demo's one shape. `SentAt` is in whole seconds. */
type ClassicFrame = {
  readonly ID: string;
  readonly Content: string;
  readonly SentAt: number;
  readonly Type: (typeof kinds)[keyof typeof kinds];
};

/** What a client has to give; the rest of the shape may be left out. */
const Said = Compile({
  type: 'object',
  required: ['Content'],
  properties: { Content: { type: 'string' }, Type: { type: 'integer' } },
});
const Alive = Compile({
  type: 'object',
  required: ['Type'],
  properties: { Type: { const: kinds.heartbeat } },
});

export type ClassicSaid =
  | { readonly kind: 'said'; readonly text: string }
  /** No more than a sign of life. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'refused'; readonly why: string };

const utf8 = new TextDecoder();

/** What a client's frame says: the demo's JSON, JSON with `Content` alone, or plain text. */
export function decodeClassic(bytes: Uint8Array): ClassicSaid {
  const text = utf8.decode(bytes);
  if (text === '') return { kind: 'alive' };
  const frame = parsed(text);
  if (typeof frame !== 'object' || frame === null) return { kind: 'said', text };
  if (Alive.Check(frame)) return { kind: 'alive' };
  if (!Said.Check(frame)) return { kind: 'refused', why: 'a message needs a Content' };
  const { Content, Type = kinds.broadcast } = frame;
  if (Type === kinds.broadcast) return { kind: 'said', text: Content };
  return { kind: 'refused', why: `Type ${Type} is the server's; send Type ${kinds.broadcast}` };
}

/** What a classic client is told of an event; of the newer kinds nothing. */
export function classicFrame(event: RoomEvent | PassingEvent | ServerEvent): string | undefined {
  switch (event.type) {
    case 'message':
      return encode(event.from.name, event.text, event.at, 'broadcast');
    case 'connected':
    case 'disconnected':
      return encode(event.user.name, event.type, event.at, event.type);
    case 'heartbeat':
      return encode('server', 'heartbeat', event.at, 'heartbeat');
    case 'notice':
      return encode('server', event.text, event.at, 'system');
    default:
      return undefined;
  }
}

function encode(id: string, content: string, at: number, kind: keyof typeof kinds): string {
  const frame: ClassicFrame = {
    ID: id,
    Content: content,
    SentAt: Math.floor(at / 1000),
    Type: kinds[kind],
  };
  return JSON.stringify(frame);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
