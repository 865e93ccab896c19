import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Compile } from 'typebox/schema';
import wire from '../../src/protocol/schema.json' with { type: 'json' };
import { wireSchema } from '../../src/protocol/schema.ts';
import { MemoryStorage } from '../../src/server/storage/memory.ts';
import { FakeClock } from '../support/clock.ts';
import { type Frame, Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';
import { within } from '../support/within.ts';

test('schema.json is what npm run schema writes', () => {
  const written: unknown = JSON.parse(JSON.stringify(wireSchema));
  assert.deepEqual(wire, written, 'run npm run schema');
});

test('the check of this test refuses what the schema does not name', () => {
  const connected = { type: 'connected', room: 'general', user: { id: 'u', name: 'ann' }, at: 1 };
  const event = validatorFor(wire.event);
  assert.ok(event(connected));
  assert.ok(!event({ ...connected, user: { ...connected.user, tokenHash: 'h' } }));
  assert.ok(!event({ ...connected, at: '1' }));
  assert.ok(!event({ ...connected, type: 'unheardOf' }));
});

test('1.3 1.10 every reply and every event of a real server is as the schema says, field by field', async (t) => {
  const clock = new FakeClock();
  const { url } = await serverFor(t, {}, { clock, storage: new MemoryStorage() });
  const replies = new Map<string, Frame[]>();
  const ask = async (peer: Peer, command: { type: string } & Record<string, unknown>) => {
    const reply = await peer.ask(command);
    replies.set(command.type, [...(replies.get(command.type) ?? []), reply]);
    return reply;
  };

  const ann = await Peer.open(url);
  await ask(ann, { type: 'hello', name: 'ann' });
  await ask(ann, { type: 'join', room: 'general' });
  await ask(ann, { type: 'create', room: 'ops', kind: 'public', title: 'Operations' });
  await ask(ann, { type: 'join', room: 'ops' });
  await ask(ann, { type: 'setTopic', room: 'general', topic: 'tea' });
  const message = { type: 'send', room: 'general', text: 'hi', key: 'k', replyTo: 1 };
  const first = await ask(ann, message);
  const again = await ask(ann, message);
  assert.deepEqual([again.seq, again.duplicate], [first.seq, true]);

  const bob = await Peer.open(url);
  const { token } = await ask(bob, { type: 'hello', name: 'bob' });
  await ask(bob, { type: 'join', room: 'general', after: 0 });
  await ask(bob, { type: 'join', room: 'general', after: 99 });
  await ask(ann, { type: 'send', room: 'general', text: 'hello @bob' });
  const too = await Peer.open(url);
  await ask(too, { type: 'hello', token });
  await ask(bob, { type: 'read', room: 'general', seq: 3 });
  await ask(bob, { type: 'typing', room: 'general' });
  await ask(bob, { type: 'history', room: 'general', before: 3, limit: 1 });
  await ask(bob, { type: 'rooms', query: '' });
  await ask(bob, { type: 'heartbeat' });
  await too.next('read');
  await ann.next('typing');
  await ask(bob, { type: 'leave', room: 'general' });
  await ann.next('disconnected');
  clock.advance(15_100);
  await ann.next('heartbeat');

  const errors = [
    await ann.ask({ type: 'nonsense' }),
    await ann.ask({ type: 'send', room: 'general', text: '' }),
    await ann.ask({ type: 'send', room: 'nowhere', text: 'a' }),
    await ann.ask({ type: 'hello', name: 'ann' }),
    await too.ask({ type: 'setTopic', room: 'general', topic: 'x'.repeat(2_000) }),
  ];

  assert.deepEqual([...replies.keys()].sort(), Object.keys(wire.replies).sort());
  for (const [type, schema] of Object.entries(wire.replies)) {
    const valid = validatorFor(schema);
    for (const reply of replies.get(type) ?? []) assert.ok(valid(reply), JSON.stringify(reply));
  }
  const [validError, validEvent] = [validatorFor(wire.error), validatorFor(wire.event)];
  for (const error of errors) assert.ok(validError(error), JSON.stringify(error));
  const events = [ann, bob, too]
    .flatMap(({ frames }) => frames)
    .filter(({ ref }) => ref === undefined);
  for (const event of events) assert.ok(validEvent(event), JSON.stringify(event));
  const kinds = new Set(events.map(({ type }) => type));
  const expected = [
    'connected',
    'disconnected',
    'heartbeat',
    'message',
    'read',
    'topicSet',
    'typing',
  ];
  assert.deepEqual([...kinds].sort(), expected);
});

test('6.8 the notice of a server that stops is as the schema says', async (t) => {
  const server = await serverFor(t);
  const ann = await Peer.guest(server.url, 'ann');
  const stopped = server.stop();
  const notice = await ann.next('notice');
  assert.ok(validatorFor(wire.event)(notice), JSON.stringify(notice));
  assert.equal((await within(ann.closed, 'the socket to be closed')).code, 1012);
  await stopped;
});

/** Checks a frame, and that it has no field that the schema does not name. */
function validatorFor(schema: unknown): (frame: unknown) => boolean {
  const validator = Compile(Object(strict(schema)));
  return (frame) => validator.Check(frame);
}

function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.entries(schema).map(([name, part]) => [name, strict(part)] as const);
  const closed = 'properties' in schema ? { additionalProperties: false } : {};
  return { ...Object.fromEntries(parts), ...closed };
}
