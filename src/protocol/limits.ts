/** Every size the wire knows, in one place. Characters are Unicode code points. */
export const limits = {
  /** The largest frame a peer may send, in bytes; a larger one closes the socket with 1009. */
  frameBytes: 65_536,
  textChars: 4_000,
  keyChars: 64,
  refChars: 64,
  nameChars: 32,
  roomChars: 64,
  titleChars: 200,
  topicChars: 1_000,
  queryChars: 200,
  tokenChars: 200,
  epochChars: 64,
  /** The most events one `join` replays; a reader further behind gets `reset`. */
  replayEvents: 1_000,
  /** How many of the latest messages a `reset` brings. */
  resetMessages: 50,
  historyMessages: 200,
  historyDefault: 50,
  /** The most people `members` lists; above it a room speaks in `presence` counts. */
  listedMembers: 200,
  listedRooms: 1_000,
  /** Objects and arrays nested deeper than this are no frame of ours. */
  depth: 32,
  /** This many bad frames close the socket with 4400. */
  badFrames: 10,
  /** A socket without a `hello` for this long is closed with 4401, in milliseconds. */
  helloMs: 10_000,
  /** A person's `typing` is passed on at most once in this many milliseconds. */
  typingMs: 3_000,
} as const;
