import { once } from 'node:events';
import { connect } from 'node:net';
import { within } from './within.ts';

export type RawAnswer = {
  readonly status: number;
  /** Their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
};

const HEAD_END = Buffer.from('\r\n\r\n');
const NEXT = Buffer.from('HTTP/1.1 ');

/** Sends these bytes over a connection of their own, exactly as they are, and reads to its end. */
export async function exchange(url: string, bytes: string | Uint8Array): Promise<RawAnswer[]> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that has enough may end in the middle of it.
  socket.on('error', () => {});
  socket.end(bytes);
  await within(
    once(socket, 'close'),
    `an end after ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`,
  );
  return [...answersIn(Buffer.concat(chunks))];
}

/** Reads answers one after another. One to HEAD has no body, whatever length it names. */
function* answersIn(bytes: Buffer): Generator<RawAnswer> {
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf(HEAD_END);
    if (end === -1) throw new Error(`no HTTP: ${rest.toString('latin1').slice(0, 200)}`);
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const headers = new Map(lines.map(headerIn));
    const after = rest.subarray(end + HEAD_END.length);
    const hasNone = after.subarray(0, NEXT.length).equals(NEXT);
    const length = hasNone ? 0 : Number(headers.get('content-length') ?? after.length);
    const status = Number(first.split(' ')[1]);
    yield { status, headers, body: after.subarray(0, length) };
    // What follows is no HTTP.
    if (status === 101) return;
    rest = after.subarray(length);
  }
}

function headerIn(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
