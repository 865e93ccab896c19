import type { SQLOutputValue } from 'node:sqlite';
import { type Role, type RoomKind, roles, roomKinds } from '../../../protocol/roles.ts';

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
  const known = roles.find((role) => role === value);
  if (known === undefined) throw damaged(value, 'a role');
  return known;
}

export function roomKind(value: Column): RoomKind {
  const known = roomKinds.find((kind) => kind === value);
  if (known === undefined) throw damaged(value, 'a kind of room');
  return known;
}

function damaged(value: Column, wanted: string): Error {
  return new Error(`the database holds ${String(value)} where ${wanted} belongs; it is damaged`);
}
