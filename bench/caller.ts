import { chinwag, enter, type Membership, type Return } from '../src/load/chinwag.ts';
import type { Connection } from '../src/load/connection.ts';
import type { Place } from '../src/load/dialect.ts';
import { takeSeat } from '../src/load/seat.ts';
import type { Target } from '../src/load/target.ts';

type Answer = Record<string, unknown>;

/** A member of a chinwag room that can be asked things. */
export type Caller = {
  readonly membership: Membership;
  readonly connection: Connection;
  /** Rejects with what the server says against it, or with how the connection was lost. */
  ask(command: Record<string, unknown>): Promise<Answer>;
};

export async function call(target: Target, place: Place, back?: Return): Promise<Caller> {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let refs = 0;
  let lost: Error | undefined;
  let membership: Membership | undefined;
  const seat = takeSeat(target, chinwag, place, enter(place, back), (entry) => {
    membership = entry;
    return {
      known: (_bytes, at) => at,
      text(bytes, _at, start, end) {
        const frame: Answer = JSON.parse(bytes.toString('utf8', start, end));
        if (frame.type === 'heartbeat') seat.connection.send('{"type":"heartbeat"}');
        const asked = waiting.get(Number(frame.ref));
        if (frame.type === 'error') asked?.reject(new Error(String(frame.message)));
        else asked?.resolve(frame);
      },
      read() {},
      closed(code, why) {
        lost = new Error(`${why} (${code})`);
        for (const asked of waiting.values()) asked.reject(lost);
      },
    };
  });
  await seat.entered;
  if (membership === undefined) throw new Error('it entered without a membership');
  return {
    membership,
    connection: seat.connection,
    async ask(command) {
      if (lost !== undefined) throw lost;
      refs += 1;
      const ref = refs;
      const asked = Promise.withResolvers<Answer>();
      waiting.set(ref, asked);
      seat.connection.send(JSON.stringify({ ...command, ref }));
      return asked.promise.finally(() => waiting.delete(ref));
    },
  };
}
