import { Compile } from 'typebox/schema';
import type { Command, Ref } from './commands.ts';
import { Refusal } from './errors.ts';
import { limits } from './limits.ts';
import wire from './schema.json' with { type: 'json' };

/** From bytes to a valid command, or to the refusal that answers them. Never throws. */

export type Decoded =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly refusal: Refusal; readonly ref?: Ref };

type Validator = {
  Check(value: unknown): boolean;
  Errors(value: unknown): [boolean, { instancePath: string; keyword: string; params: object }[]];
};

const validators: ReadonlyMap<string, Validator> = new Map(
  Object.entries(wire.commands).map(([type, schema]) => [type, Compile(schema)]),
);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decodeCommand(bytes: Uint8Array): Decoded {
  const frame = parseObject(bytes);
  return frame instanceof Refusal ? { ok: false, refusal: frame } : checkCommand(frame);
}

/** The same for what another door has put together: the object, or what is wrong with it. */
export function checkCommand(frame: Readonly<Record<string, unknown>>): Decoded {
  const ref = isRef(frame.ref) ? { ref: frame.ref } : {};
  const type = frame.type;
  const validator = typeof type === 'string' ? validators.get(type) : undefined;
  if (validator === undefined) {
    return { ok: false, refusal: unknownType(type), ...ref };
  }
  if (!isCommand(frame, validator)) {
    return { ok: false, refusal: invalid(validator, frame), ...ref };
  }
  const unkeepable = unkeepableField(frame);
  if (unkeepable !== undefined) {
    const message = `"${unkeepable}" has a NUL or half a surrogate pair; send well-formed Unicode without NUL`;
    return { ok: false, refusal: new Refusal('invalid', message, { field: unkeepable }), ...ref };
  }
  return { ok: true, command: frame };
}

/** The object in a frame. Refused: what is no JSON, no object, nested too deep, or after a prototype. */
function parseObject(bytes: Uint8Array): Record<string, unknown> | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return new Refusal('bad_frame', 'that is not JSON; send one JSON object per text frame');
  }
  if (!isObject(value)) {
    return new Refusal('bad_frame', 'that is JSON but no object; send one object per text frame');
  }
  if (!isPlain(value)) {
    const message = `nested deeper than ${limits.depth}, or a field called __proto__ or constructor`;
    return new Refusal('bad_frame', message);
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks without recursion: a frame of 30,000 brackets must not reach the end of the stack. */
function isPlain(frame: Record<string, unknown>): boolean {
  let level: object[] = [frame];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === limits.depth) return false;
    const next: object[] = [];
    for (const container of level) {
      if (Object.hasOwn(container, '__proto__')) return false;
      if (Object.hasOwn(container, 'constructor')) return false;
      for (const child of Object.values(container)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return true;
}

function isCommand(frame: object, validator: Validator): frame is Command {
  return validator.Check(frame);
}

function isRef(value: unknown): value is Ref {
  if (typeof value === 'string') return [...value].length <= limits.refChars;
  return Number.isSafeInteger(value);
}

function unknownType(type: unknown): Refusal {
  const known = [...validators.keys()].join(', ');
  const what = typeof type === 'string' ? `"${type.slice(0, 40)}" is no command` : 'no "type"';
  return new Refusal('unknown_type', `${what}; the commands are ${known}`);
}

function invalid(validator: Validator, frame: unknown): Refusal {
  const [, [first]] = validator.Errors(frame);
  if (first === undefined) return new Refusal('invalid', 'the command is not well-formed');
  const field = first.instancePath.split('/')[1] ?? missingField(first.params);
  if (first.keyword === 'maxLength' && 'limit' in first.params) {
    const message = `"${field}" is longer than ${String(first.params.limit)} characters; shorten it`;
    return new Refusal('too_long', message, { field });
  }
  return new Refusal('invalid', explain(field, first.keyword), { field });
}

function missingField(params: object): string {
  const missing = 'requiredProperties' in params ? params.requiredProperties : [];
  return Array.isArray(missing) && typeof missing[0] === 'string' ? missing[0] : 'type';
}

function explain(field: string, keyword: string): string {
  if (keyword === 'required') return `"${field}" is missing`;
  if (field === 'room') {
    return '"room" takes 1 to 64 of a-z, 0-9, ".", "_" and "-", the first a letter or a digit';
  }
  return `"${field}" is not of the form this command takes`;
}

/** NUL and lone surrogates cannot be kept the same in every database, so nothing keeps them. */
function unkeepableField(command: Command): string | undefined {
  for (const [field, value] of Object.entries(command)) {
    // What is wrong with a name has a code of its own, and is said where names are judged.
    if (field === 'name') continue;
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) return field;
  }
  return undefined;
}
