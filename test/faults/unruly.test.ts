import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, createClient } from '../../src/client/index.ts';
import { Peer } from '../support/peer.ts';
import { serve } from '../support/process.ts';
import { diceFor } from '../support/seed.ts';
import { temporaryFolder } from '../support/server.ts';
import { often } from '../support/tools.ts';
import { UnrulyLink } from '../support/unruly-link.ts';
import { within } from '../support/within.ts';

const SENDS = often(1_000, 10_000);
const CLIENTS = 5;
const HEARTBEAT_MS = 400;
const WITHIN_MS = often(60_000, 600_000);
const UNRULINESS = { drop: 5, repeat: 40, swap: 40, cut: 2 };

/** A client, and what its iterator of events gave. */
class View {
  readonly client: Client;
  /** In the order in which they came; empty again after a reset. */
  seqs: number[] = [];
  breaks = 0;
  resets = 0;

  constructor(url: string, name: string) {
    this.client = createClient({ url, name });
    this.client.state.subscribe(() => {
      if (this.client.state.get().status !== 'waiting') return;
      this.breaks += 1;
      // This test is about what comes through, not about how long a client waits.
      setImmediate(() => this.client.wake());
    });
  }

  async listen(): Promise<void> {
    for await (const event of this.client.events('message')) {
      if (event.type !== 'reset') {
        this.seqs.push(event.seq);
        continue;
      }
      this.resets += 1;
      this.seqs = [];
    }
  }

  /** Resolves when the room is here up to `head`. */
  async reached(head: number): Promise<void> {
    const { timeline } = this.client.room('general');
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (timeline.get().head >= head) resolve();
    };
    const stop = timeline.subscribe(look);
    look();
    await promise;
    stop();
  }
}

test(`2.G2 2.G3 2.G4 fault 16: ${SENDS} sends through a link that repeats, swaps, drops and cuts are there once, every view in order`, async (t) => {
  const args = ['--heartbeat', `${HEARTBEAT_MS}ms`];
  const server = await serve(t, temporaryFolder(), { args });
  const link = await UnrulyLink.to(t, server.url, diceFor(t), UNRULINESS);
  const views = Array.from({ length: CLIENTS }, (_, n) => new View(link.url, `client-${n}`));
  t.after(() => {
    for (const { client } of views) client.close();
  });
  const listening = views.map((view) => view.listen());
  await Promise.all(views.map(({ client }) => client.room('general').join()));

  const sent = views.flatMap(({ client }, who) =>
    Array.from({ length: SENDS / CLIENTS }, (_, n) => ({
      text: `${who} ${n}`,
      acked: client.room('general').send(`${who} ${n}`).acked,
    })),
  );
  const receipts = await within(Promise.all(sent.map(({ acked }) => acked)), 'all', WITHIN_MS);
  link.calm();
  const last = await views[0]?.client.room('general').send('the last').acked;
  assert.equal(last?.seq, SENDS + 1);
  await within(Promise.all(views.map((view) => view.reached(SENDS + 1))), 'every view', WITHIN_MS);

  const history = await everything(server.url);
  assert.deepEqual(
    history.map(({ seq }) => seq),
    Array.from({ length: SENDS + 1 }, (_, n) => n + 1),
  );
  const bySeq = new Map(history.map(({ seq, text }) => [seq, text]));
  for (const [n, { text }] of sent.entries()) assert.equal(bySeq.get(receipts[n]?.seq ?? 0), text);
  for (const view of views) {
    const first = view.seqs[0] ?? assert.fail('nothing was heard');
    if (view.resets === 0) assert.equal(first, 1, 'nothing is missing without a word');
    assert.deepEqual(
      view.seqs,
      Array.from({ length: SENDS + 2 - first }, (_, n) => first + n),
    );
    const { messages } = view.client.room('general').timeline.get();
    assert.deepEqual(
      messages.map((message) => (message.state === 'sent' ? message.seq : message.state)),
      history.slice(-messages.length).map(({ seq }) => seq),
    );
    view.client.close();
  }
  await Promise.all(listening);
  const breaks = views.reduce((sum, view) => sum + view.breaks, 0);
  t.diagnostic(`${JSON.stringify(link.count)}, ${breaks} breaks`);
  for (const [fate, times] of Object.entries(link.count)) assert.ok(times > 0, `no ${fate}`);
});

async function everything(url: string): Promise<{ seq: number; text: string }[]> {
  const reader = await Peer.guest(url, 'reader');
  const all: { seq: number; text: string }[] = [];
  for (;;) {
    const after = all.at(-1)?.seq ?? 0;
    const page = await reader.ask({ type: 'history', room: 'general', after, limit: 200 });
    all.push(...Object(page.messages));
    if (page.hasNewer !== true) return all;
  }
}
