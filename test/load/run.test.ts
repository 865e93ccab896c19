import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';
import { chinwag } from '../../src/load/chinwag.ts';
import type { Dialect } from '../../src/load/dialect.ts';
import type { LoadPlan } from '../../src/load/plan.ts';
import { failures } from '../../src/load/result.ts';
import { runLoad } from '../../src/load/run.ts';
import { targetOf } from '../../src/load/target.ts';
import { serverFor } from '../support/server.ts';

const small: LoadPlan = {
  rooms: 1,
  members: 5,
  senders: 2,
  pace: { kind: 'closed', inFlight: 4 },
  size: 100,
  idle: 0,
  stalled: 0,
  warmupMs: 10,
  durationMs: 100,
  connectMs: 5_000,
  quietMs: 200,
};
const lockstep: LoadPlan = { ...small, senders: 1, pace: { kind: 'closed', inFlight: 1 } };

const plain: Dialect = {
  name: 'plain',
  path: () => '/',
  *signIn() {
    while ((yield []) !== 'welcome');
    return {};
  },
  message: (_place, text) => text,
  hear: () => ({ kind: 'nothing' }),
  echoes: true,
  answers: false,
};

type Relay = (to: WebSocket, text: string, nth: number) => void;

/** A chat whose second member gets each message as `relay` sees fit; the others get all. */
async function chat(t: TestContext, relay: Relay, echoes = true) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  const members: WebSocket[] = [];
  let nth = 0;
  server.on('connection', (socket) => {
    members.push(socket);
    socket.on('message', (data) => {
      nth += 1;
      for (const [index, member] of members.entries()) {
        if (member === socket && !echoes) continue;
        if (index === 1) relay(member, String(data), nth);
        else member.send(String(data));
      }
    });
    socket.send('welcome');
  });
  return targetFor(server);
}

async function targetFor(server: WebSocketServer) {
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return targetOf(`http://127.0.0.1:${address.port}`);
}

const none = { missing: 0, repeated: 0, outOfOrder: 0 };
const lies: [string, Relay, typeof none][] = [
  ['nothing', (to, text) => to.send(text), none],
  ['a missing message', (to, text, nth) => nth !== 3 && to.send(text), { ...none, missing: 1 }],
  [
    'a repeated message',
    (to, text, nth) => {
      to.send(text);
      if (nth === 3) to.send(text);
    },
    { ...none, repeated: 1 },
  ],
  [
    'two swapped messages',
    (() => {
      let held = '';
      return (to, text, nth) => {
        if (nth === 3) held = text;
        else to.send(text);
        if (nth === 4) to.send(held);
      };
    })(),
    { ...none, outOfOrder: 1 },
  ],
];

for (const [what, relay, expected] of lies) {
  test(`a server that makes ${what} of one member's messages is reported as that`, async (t) => {
    const target = await chat(t, relay);
    const result = await runLoad(target, plain, lockstep, 'lies', () => {});
    assert.deepEqual(result.messages, expected);
    assert.equal(failures(result).length, expected === none ? 0 : 1);
    assert.ok(result.sent > 4);
  });
}

test('what comes again is counted though everything has come, the very last message too', async (t) => {
  // Two turns later: when all have had the message and nothing is due any more.
  const target = await chat(t, (to, text) => {
    to.send(text);
    setImmediate(() => setImmediate(() => to.send(text)));
  });
  const result = await runLoad(target, plain, lockstep, 'again', () => {});
  assert.deepEqual(result.messages, { ...none, repeated: result.sent });
});

for (const [what, plan] of [
  ['in lockstep', lockstep],
  [
    'with many messages in flight',
    { ...small, senders: 5, pace: { kind: 'closed', inFlight: 16 } },
  ],
  ['at a rate, over rooms', { ...small, rooms: 3, pace: { kind: 'open', perSecond: 300 } }],
  ['with idle connections and stalled members', { ...small, idle: 5, stalled: 1 }],
] as const) {
  test(`a chinwag server passes ${what}`, async (t) => {
    const { url } = await serverFor(t);
    const result = await runLoad(targetOf(url), chinwag, plan, 'good', () => {});
    assert.deepEqual(failures(result), []);
    const readers = plan.members - plan.stalled;
    assert.equal(result.deliveries, result.sent * readers);
    assert.equal(result.connections, plan.rooms * plan.members + plan.idle);
    assert.ok(result.acknowledgementsPerSecond > 0);
    assert.ok(result.latencyMs.max > 0 && result.latencyMs.p50 <= result.latencyMs.max);
  });
}

test('an answer that comes twice does not stand in for one that never comes', async (t) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const [counter] = String(data).split(' ');
      socket.send(String(data));
      for (let times = { 3: 2, 4: 0 }[Number(counter)] ?? 1; times > 0; times -= 1) {
        socket.send(`ok ${counter}`);
      }
    });
    socket.send('welcome');
  });
  const answering: Dialect = {
    ...plain,
    message: (_place, text, counter) => `${counter} ${text}`,
    hear: (frame) => ({ kind: 'answer', counter: Number(frame.slice(3)) }),
    answers: true,
  };
  const plan = { ...lockstep, members: 1 };
  const result = await runLoad(await targetFor(server), answering, plan, 'twice', () => {});
  assert.deepEqual(failures(result), ['1 messages unanswered', '1 messages answered again']);
});

test('where a server does not echo, the next member settles a sender’s messages', async (t) => {
  const target = await chat(t, (to, text) => to.send(text), false);
  const result = await runLoad(target, { ...plain, echoes: false }, small, 'mute', () => {});
  assert.deepEqual(failures(result), []);
  assert.equal(result.deliveries, result.sent * (small.members - 1));
  assert.ok(result.acknowledgementsPerSecond > 0);
});

test('a server that mixes up rooms is reported as that', async (t) => {
  const target = await chat(t, (to, text) => to.send(text));
  const plan = { ...small, rooms: 2, members: 2, senders: 1 };
  const result = await runLoad(target, plain, plan, 'mixed', () => {});
  assert.ok(result.misdelivered > 0);
  assert.deepEqual(result.messages, none);
});

test('a rate limit ends the run and says how to lift it', async (t) => {
  const { url } = await serverFor(t, { rateLimit: { count: 3, windowMs: 10_000 } });
  await assert.rejects(
    runLoad(targetOf(url), chinwag, small, 'limit', () => {}),
    /--rate-limit off/,
  );
});

test('connections that the server ends are reported', async (t) => {
  const target = await chat(t, (to) => to.close(4408, 'too slow'));
  const result = await runLoad(target, plain, lockstep, 'ended', () => {});
  assert.equal(result.lost, 1);
  assert.match(failures(result).join(), /1 connections lost \(4408: too slow\)/);
});

test('a server that is not there, or speaks no WebSocket, is an error that says so', async (t) => {
  const { url } = await serverFor(t);
  const elsewhere: Dialect = { ...chinwag, path: () => '/nowhere' };
  await assert.rejects(
    runLoad(targetOf(url), elsewhere, small, 'none', () => {}),
    /refused/,
  );
  const nobody = targetOf('http://127.0.0.1:1');
  await assert.rejects(
    runLoad(nobody, chinwag, small, 'none', () => {}),
    /ECONNREFUSED/,
  );
});
