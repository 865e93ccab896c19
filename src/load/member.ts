import type { Connection } from './connection.ts';
import type { Place } from './dialect.ts';
import { NONE } from './transcript.ts';

/** One connection of the crowd. `sender` is its number among all senders, or -1. */
export type Member = {
  readonly place: Place;
  readonly index: number;
  readonly room: number;
  readonly sender: number;
  /** The sender whose messages count as having come back when they get here, or -1. */
  readonly witnessOf: number;
  readonly stalled: boolean;
  connection: Connection | undefined;
  /** The latest frame of its room's transcript that it has heard, and every one before it. */
  heard: number;
  sent: number;
  underWay: number;
};

type Shape = {
  readonly rooms: number;
  readonly members: number;
  readonly senders: number;
  readonly stalled: number;
  readonly idle: number;
};

/**
 * Everybody: the members room by room, the senders first and the stalled last in
 * each, then the idle. A sender's witness is itself where the server echoes, and
 * the next member of its room where it does not.
 */
export function crowdOf(shape: Shape, nonce: string, echoes: boolean): Member[] {
  const { rooms, members, senders, stalled, idle } = shape;
  const total = rooms * members + idle;
  return Array.from({ length: total }, (_, index) => {
    const inRoom = index < rooms * members;
    const room = inRoom ? Math.floor(index / members) : -1;
    const local = index % members;
    const witnessed = echoes ? local : (local - 1 + members) % members;
    return {
      place: {
        name: `load-${nonce}-${String(index).padStart(6, '0')}`,
        room: inRoom ? `load-${nonce}-${String(room).padStart(6, '0')}` : undefined,
      },
      index,
      room,
      sender: inRoom && local < senders ? room * senders + local : -1,
      witnessOf: inRoom && witnessed < senders ? room * senders + witnessed : -1,
      stalled: inRoom && local >= members - stalled,
      connection: undefined,
      heard: NONE,
      sent: 0,
      underWay: 0,
    };
  });
}
