import type { OutboxEntry } from '../client/index.ts';

/** Whether something that lay where unsent messages lie is one. */
export function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { room, key, text, at, replyTo, refused } = { ...blank, ...value };
  const isReply = replyTo === undefined || Number.isSafeInteger(replyTo);
  return areTexts(room, key, text) && Number.isSafeInteger(at) && isReply && isRefusal(refused);
}

const blank: Readonly<Record<keyof OutboxEntry, unknown>> = {
  room: undefined,
  key: undefined,
  text: undefined,
  at: undefined,
  replyTo: undefined,
  refused: undefined,
};

function isRefusal(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = { code: undefined, message: undefined, ...value };
  return areTexts(code, message);
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
