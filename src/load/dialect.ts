/** One place in the crowd: who sits there, and in which room. */
export type Place = {
  readonly name: string;
  /** None for an idle connection, which only signs in. */
  readonly room: string | undefined;
};

/** Where a member stands once it is in. */
export type Entry = {
  /** The `seq` of the room's latest event, where the server counts them. */
  readonly head?: number;
};

/**
 * Signing in as a conversation: yields the frames to send, is given the next
 * frame that was heard, returns when the member is in. Throws a `Refused`.
 */
export type SignIn<E extends Entry = Entry> = Generator<readonly string[], E, string>;

/** What a frame without a stamp means. */
export type Heard =
  | { readonly kind: 'nothing' }
  /** The server's answer to the message with this counter, of the one who hears it. */
  | { readonly kind: 'answer'; readonly counter: number }
  /** A heartbeat that wants one back. */
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: Refused };

/** How to speak to one kind of server. The text of a message must be sent on unchanged. */
export type Dialect = {
  readonly name: string;
  path(place: Place): string;
  readonly subprotocol?: string;
  signIn(place: Place): SignIn;
  /** `counter` numbers the messages of one sender from 0: an answer has to tell it. */
  message(place: Place, text: string, counter: number): string;
  hear(frame: string): Heard;
  /** Whether a sender gets its own message back. */
  readonly echoes: boolean;
  /** Whether each message gets an answer of its own. */
  readonly answers: boolean;
  /** What stands right before a room's sequence number in a delivery, where there is one. */
  readonly seqBehind?: string;
};

/** The server will not do it; `message` says what to do about it. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}
