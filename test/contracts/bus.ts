import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RoomEvent } from '../../src/protocol/index.ts';
import type { Bus } from '../../src/server/bus/bus.ts';

/** Everything that `bus.ts` promises to the node that publishes. */
export function busContract(name: string, open: () => Bus): void {
  describe(`the bus contract on ${name}`, () => {
    test('B2 what is published reaches the listener before publish returns, in that order', () => {
      const bus = open();
      const heard: number[] = [];
      bus.listen(({ seq }) => heard.push(seq));
      for (const seq of [1, 2, 3]) {
        bus.publish(event(seq));
        assert.equal(heard.at(-1), seq);
      }
      assert.deepEqual(heard, [1, 2, 3]);
    });

    test('B1 what arrives is what was published, unchanged', () => {
      const bus = open();
      const heard: RoomEvent[] = [];
      bus.listen((arrived) => heard.push(arrived));
      const rich = { ...event(7), key: 'k', replyTo: 3, text: '"\u{1F600}\u2028 a\\b' };
      const topic = { ...event(8), type: 'topicSet', topic: 'tea' } as const;
      const copies = structuredClone([rich, topic]);
      bus.publish(rich);
      bus.publish(topic);
      assert.deepEqual(heard, copies);
    });

    test('B1 nothing arrives that was not published', () => {
      const bus = open();
      const heard: RoomEvent[] = [];
      bus.publish(event(1));
      bus.listen((arrived) => heard.push(arrived));
      assert.deepEqual(heard, []);
    });

    test('a node has one listener: the latest', () => {
      const bus = open();
      const heard: string[] = [];
      bus.listen(() => heard.push('first'));
      bus.listen(() => heard.push('second'));
      bus.publish(event(1));
      assert.deepEqual(heard, ['second']);
    });
  });
}

function event(seq: number) {
  const from = { id: 'u_1', name: 'ann' };
  return { type: 'message', room: 'general', seq, at: seq, from, text: `${seq}` } as const;
}
