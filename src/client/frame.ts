import type { CommandOf, CommandType } from '../protocol/commands.ts';
import type { ServerEvent } from '../protocol/events.ts';
import type { ErrorFrame, ReplyOf } from '../protocol/replies.ts';

/** What the client sends and hears, typed. Knows no schema at run time. */

/** A command as a caller gives it: the client puts the `ref`. */
export type RequestOf<T extends CommandType> = { readonly type: T } & Omit<
  CommandOf<T>,
  'type' | 'ref'
>;

type Reply = ReplyOf<CommandType>;
export type ServerFrame = ServerEvent | ErrorFrame | Reply;

/** The object in a frame, or nothing. The server is trusted for the fields of what it names. */
export function decodeFrame(text: string): ServerFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isFrame(value) ? value : undefined;
}

function isFrame(value: unknown): value is ServerFrame {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

export function isReply(frame: ServerFrame): frame is Reply | ErrorFrame {
  return frame.type === 'ok' || frame.type === 'welcome' || frame.type === 'error';
}

/** Whether `frame` is what a command of this type is answered with. */
export function answers<T extends CommandType>(type: T, frame: object): frame is ReplyOf<T> {
  return 'type' in frame && frame.type === (type === 'hello' ? 'welcome' : 'ok');
}
