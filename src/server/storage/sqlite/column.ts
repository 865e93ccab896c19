import type { SQLOutputValue } from 'node:sqlite';
import { Value } from 'typebox/value';
import { Role, RoomKind } from '../../../protocol/index.ts';

/** Columns as what they must be; anything else means a damaged database, and is said so. */

type Column = SQLOutputValue | undefined;

export function int(value: Column): number {
  if (typeof value === 'number') return value;
  throw damaged(value, 'a number');
}

export function text(value: Column): string {
  if (typeof value === 'string') return value;
  throw damaged(value, 'text');
}

export function textOrNull(value: Column): string | null {
  return value === null ? null : text(value);
}

export function intOrNull(value: Column): number | null {
  return value === null ? null : int(value);
}

export function role(value: Column): Role {
  if (Value.Check(Role, value)) return value;
  throw damaged(value, 'a role');
}

export function roomKind(value: Column): RoomKind {
  if (Value.Check(RoomKind, value)) return value;
  throw damaged(value, 'a kind of room');
}

function damaged(value: Column, wanted: string): Error {
  return new Error(`the database holds ${String(value)} where ${wanted} belongs; it is damaged`);
}
