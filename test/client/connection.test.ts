import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../../src/client/index.ts';
import { makeWorld } from '../support/world.ts';

/** How long `client` says it waits, in milliseconds. */
function waitOf(client: Client, now: number): number {
  const state = client.state.get();
  assert.equal(state.status, 'waiting');
  return state.retryAt - now;
}

/** What `client` ended with. */
function endOf(client: Client) {
  const state = client.state.get();
  assert.equal(state.status, 'closed');
  return { code: state.why.code, closeCode: state.why.closeCode };
}

test('8.4 waits 250 ms and a random part that doubles from 500 ms to 10 s', async () => {
  for (const [random, spread] of [
    [() => 0, 0],
    [() => 0.5, 0.5],
  ] as const) {
    const { clock, network, client } = makeWorld();
    network.up = false;
    const ann = client({ random });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await clock.advance(1);
      const wait = waitOf(ann, clock.now());
      waits.push(wait);
      await clock.advance(wait);
    }
    const caps = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000];
    assert.deepEqual(
      waits,
      caps.map((cap) => 250 + cap * spread),
    );
  }
});

test('forgets the failed attempts only after 10 s online', async () => {
  const { clock, network, client } = makeWorld();
  const ann = client({ random: () => 1 - 2 ** -32 });
  const nextWait = async (onlineMs: number) => {
    await clock.advance(onlineMs);
    assert.equal(ann.state.get().status, 'online');
    network.cut();
    const wait = Math.round(waitOf(ann, clock.now()));
    await clock.advance(wait);
    return wait;
  };
  assert.equal(await nextWait(9_000), 750);
  assert.equal(await nextWait(9_000), 1_250);
  assert.equal(await nextWait(9_000), 2_250);
  assert.equal(await nextWait(11_000), 750);
});

test('waits as long as a notice asks for before the server goes', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral({ random: () => 0 });
  server.say({ type: 'notice', level: 'warning', text: 'restarting', at: 0, retryAfterMs: 4_000 });
  server.close(1012);
  await clock.advance(1);
  assert.equal(waitOf(ann, clock.now()), 4_000);
  ann.wake();
  await clock.advance(3_990);
  assert.equal(ann.state.get().status, 'waiting', 'wake does not go before the server allows it');
  await clock.advance(20);
  assert.equal(ann.state.get().status, 'online');
});

test('a hello that is refused for now is tried again after retryAfterMs', async () => {
  const { clock, server, client } = makeWorld();
  let refusals = 1;
  server.faults.refuse = ({ type }) => {
    if (type !== 'hello' || refusals === 0) return undefined;
    refusals -= 1;
    return { code: 'rate_limited', message: 'later', retryAfterMs: 7_000 };
  };
  const ann = client({ random: () => 0 });
  await clock.advance(3);
  const state = ann.state.get();
  assert.equal(state.status === 'waiting' && state.why.code, 'rate_limited');
  assert.equal(waitOf(ann, clock.now()), 7_000);
  await clock.advance(7_100);
  assert.equal(ann.state.get().status, 'online');
});

test('wake connects at once', async () => {
  const { clock, network, client } = makeWorld();
  network.up = false;
  const ann = client({ random: () => 0.9 });
  await clock.advance(1);
  assert.equal(ann.state.get().status, 'waiting');
  network.up = true;
  ann.wake();
  await clock.advance(10);
  assert.equal(ann.state.get().status, 'online');
  assert.equal(network.dials, 2);
});

test('wake finds out within 5 s that an open connection is dead', async () => {
  const { clock, network, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  ann.wake();
  await clock.advance(6_000);
  assert.equal(network.dials, 1, 'a live one stays');
  network.freeze();
  ann.wake();
  await clock.advance(7_000);
  assert.equal(network.dials, 2);
  assert.equal(ann.state.get().status, 'online');
});

test('2.G6 6.7 nothing heard for heartbeat.timeoutMs closes the connection, and it comes back', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  await clock.advance(90_000);
  assert.equal(network.dials, 1, 'heartbeats keep it');
  const answered = server.commands.filter(({ type }) => type === 'heartbeat');
  assert.equal(answered.length, 6, 'one answer to each heartbeat');

  network.freeze();
  await clock.advance(44_000);
  assert.equal(network.dials, 1);
  await clock.advance(2_000);
  assert.equal(network.dials, 2);
  assert.equal(ann.state.get().status, 'online');
});

test('a command that is not answered for heartbeat.timeoutMs breaks the connection', async () => {
  const { clock, network, server, inGeneral } = makeWorld();
  const { ann } = await inGeneral();
  server.faults.answer = ({ type }, now) => type !== 'rooms' && now();
  const asked = ann.rooms();
  const refused = assert.rejects(asked, { code: 'disconnected' });
  await clock.advance(47_000);
  await refused;
  assert.equal(network.dials, 2);
});

test('knows how far away the server is', async () => {
  const { clock, inGeneral } = makeWorld(() => 40);
  const { ann } = await inGeneral();
  await clock.advance(20_000);
  const state = ann.state.get();
  assert.equal(state.status === 'online' && state.roundTripMs, 80);
});

for (const [closeCode, code] of [
  [4400, 'bad_frame'],
  [4401, 'not_authenticated'],
  [4403, 'forbidden'],
] as const) {
  test(`${closeCode} ends it for good, as ${code}`, async () => {
    const { clock, network, server, inGeneral } = makeWorld();
    const { ann, room } = await inGeneral();
    server.close(closeCode, 'so it is');
    await clock.advance(1);
    assert.deepEqual(endOf(ann), { code, closeCode });
    await assert.rejects(ann.ready(), { code });
    await assert.rejects(ann.rooms(), { code });
    await assert.rejects(room.join(), { code });
    await assert.rejects(room.send('too late').acked, { code });
    ann.wake();
    await clock.advance(60_000);
    assert.equal(network.dials, 1);
  });
}

for (const code of ['name_taken', 'name_invalid', 'forbidden'] as const) {
  test(`a hello that is refused with ${code} ends it for good`, async () => {
    const { clock, network, server, client } = makeWorld();
    server.faults.refuse = () => ({ code, message: 'no' });
    const ann = client();
    const ready = assert.rejects(ann.ready(), { code, message: 'no' });
    await clock.advance(60_000);
    await ready;
    assert.deepEqual(endOf(ann), { code, closeCode: undefined });
    assert.equal(network.dials, 1);
  });
}

test('a token that nobody has ends it for good', async () => {
  const { clock, client } = makeWorld();
  const ann = client({ token: 'stolen' });
  await clock.advance(100);
  assert.equal(endOf(ann).code, 'bad_token');
});

test('close ends it, and whoever waits is told', async () => {
  const { clock, server, inGeneral } = makeWorld();
  const { ann, room } = await inGeneral();
  const { acked } = room.send('on its way');
  ann.close();
  await assert.rejects(acked, { code: 'closed' });
  assert.equal(endOf(ann).code, 'closed');
  await clock.advance(60_000);
  assert.equal(server.commands.filter(({ type }) => type === 'hello').length, 1);
});

test('something that is no frame breaks the connection', async () => {
  const { clock, network, client } = makeWorld();
  const ann = client({
    transport: (url, subprotocol, on) => {
      const garbled = network.dials === 0;
      const received = (text: string) => on.received(garbled ? text.slice(1) : text);
      return network.transport(url, subprotocol, { ...on, received });
    },
  });
  await clock.advance(10);
  assert.equal(ann.state.get().status, 'waiting');
  await clock.advance(2_000);
  assert.equal(ann.state.get().status, 'online');
});
