import { Connection } from './connection.ts';
import type { Dialect, Entry, Place, SignIn } from './dialect.ts';
import type { Target } from './target.ts';

/** Who takes what a member hears once it is in. */
export type Audience = {
  known(bytes: Buffer, at: number, to: number): number;
  text(bytes: Buffer, at: number, start: number, end: number): void;
  read(): void;
  closed(code: number, why: string): void;
};

/** A connection that was dialled, and whether it got in. */
export type Seat = {
  readonly connection: Connection;
  /** Rejects with what the server refused, or with how the connection failed. */
  readonly entered: Promise<void>;
};

/** Dials, signs in, and hands the connection over to its audience. */
export function takeSeat<E extends Entry>(
  target: Target,
  dialect: Dialect,
  place: Place,
  signIn: SignIn<E>,
  audience: (entry: E) => Audience,
): Seat {
  const entered = Promise.withResolvers<void>();
  let seated: Audience | undefined;

  const step = (frame: string | undefined) => {
    try {
      const next = frame === undefined ? signIn.next() : signIn.next(frame);
      if (next.done) {
        seated = audience(next.value);
        entered.resolve();
      } else if (next.value.length > 0) {
        connection.send(...next.value);
      }
    } catch (error) {
      entered.reject(error);
      connection.cut();
    }
  };

  const connection = new Connection(target, dialect.path(place), dialect.subprotocol, {
    opened: () => step(undefined),
    known: (bytes, at, to) => seated?.known(bytes, at, to) ?? at,
    text: (bytes, at, start, end) => {
      if (seated === undefined) step(bytes.toString('utf8', start, end));
      else seated.text(bytes, at, start, end);
    },
    read: () => seated?.read(),
    closed: (code, why) => {
      if (seated === undefined) entered.reject(new Error(`${why} (${code})`));
      else seated.closed(code, why);
    },
  });
  return { connection, entered: entered.promise };
}
