import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { type Frame, Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { temporaryFolder } from '../support/server.ts';
import { often } from '../support/tools.ts';

const KILLS = often(8, 50);
const CLIENTS = 4;
const IN_FLIGHT = 50;
/** Kills come after so many acknowledgements of a round, somewhere in the middle of a write. */
const ACKNOWLEDGED = 100;

type Ack = { readonly seq: number; readonly at: number };

/** Sends with keys that it keeps, and sends again what was not acknowledged. */
class Client {
  readonly acknowledged = new Map<string, Ack>();
  readonly pending = new Map<string, string>();
  readonly name: string;
  #token: unknown;
  #said = 0;

  constructor(name: string) {
    this.name = name;
  }

  async enter(url: string): Promise<Peer> {
    const peer = await Peer.open(url);
    const hello = this.#token === undefined ? { name: this.name } : { token: this.#token };
    const welcome = await peer.ask({ type: 'hello', ...hello });
    assert.equal(welcome.type, 'welcome', JSON.stringify(welcome));
    this.#token = welcome.token;
    await peer.ask({ type: 'join', room: 'general' });
    return peer;
  }

  /** Keeps messages under way until the socket ends; `told` is called at each acknowledgement. */
  async talk(peer: Peer, told: () => void): Promise<void> {
    peer.socket.on('message', (data) => {
      const frame: Frame = JSON.parse(String(data));
      const key = String(frame.ref);
      if (frame.type !== 'ok' || !this.pending.delete(key)) return;
      this.acknowledged.set(key, { seq: Number(frame.seq), at: Number(frame.at) });
      this.#say(peer);
      told();
    });
    for (const [key, text] of this.pending) this.#send(peer, key, text);
    while (this.pending.size < IN_FLIGHT) this.#say(peer);
    await peer.closed;
  }

  #say(peer: Peer): void {
    this.#said += 1;
    const key = `${this.name}-${this.#said}`;
    const text = `message ${key}`;
    this.pending.set(key, text);
    this.#send(peer, key, text);
  }

  #send(peer: Peer, key: string, text: string): void {
    if (peer.socket.readyState !== peer.socket.OPEN) return;
    peer.send({ type: 'send', room: 'general', text, key, ref: key });
  }
}

test(`2.G1 2.G3 fault 5: after ${KILLS} times kill -9 in mid-write every acknowledged message is there once`, async (t) => {
  const folder = temporaryFolder();
  const clients = Array.from({ length: CLIENTS }, (_, n) => new Client(`client-${n}`));
  for (let round = 0; round < KILLS; round += 1) {
    const server = await serve(t, folder);
    const peers = await Promise.all(clients.map((client) => client.enter(server.url)));
    const enough = Promise.withResolvers<void>();
    let acknowledged = 0;
    const told = () => {
      acknowledged += 1;
      if (acknowledged === ACKNOWLEDGED + round) enough.resolve();
    };
    const over = clients.map((client, n) => {
      const peer = peers[n];
      assert.ok(peer);
      return client.talk(peer, told);
    });
    await enough.promise;
    await server.kill();
    await Promise.all(over);
    integrityOf(folder);
  }

  const server = await serve(t, folder);
  const reader = await Peer.member(server.url, 'reader');
  const history = await everything(reader);
  assert.deepEqual(
    history.map(({ seq }) => seq),
    Array.from({ length: history.length }, (_, n) => n + 1),
  );
  const byKey = new Map(history.map((message) => [message.key, message]));
  assert.equal(byKey.size, history.length, 'a key was used twice');
  for (const { acknowledged } of clients) {
    assert.ok(acknowledged.size > KILLS);
    for (const [key, { seq, at }] of acknowledged) {
      const kept = byKey.get(key);
      assert.deepEqual([key, kept?.seq, kept?.at], [key, seq, at]);
      assert.equal(kept?.text, `message ${key}`);
    }
  }
});

async function everything(reader: Peer): Promise<Frame[]> {
  const all: Frame[] = [];
  for (;;) {
    const after = Number(all.at(-1)?.seq ?? 0);
    const page = { type: 'history', room: 'general', after, limit: 200 };
    const { messages, hasNewer } = await reader.ask(page);
    all.push(...Object(messages));
    if (hasNewer !== true) return all;
  }
}

function integrityOf(folder: string): void {
  const db = new DatabaseSync(join(folder, 'chinwag.db'));
  try {
    const { integrity_check } = db.prepare('PRAGMA integrity_check').get() ?? {};
    assert.equal(integrity_check, 'ok');
  } finally {
    db.close();
  }
}
