import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoSuchRoom, type Page, type Storage } from '../../src/server/storage/storage.ts';
import { allCharacters } from '../support/characters.ts';
import { ann, bob, furnished, type Kind, message } from './storage.ts';

/** Appending and reading back: S1, S2, S3 and S6. */
export function historyContract({ open }: Kind): void {
  test('S1 an appended event can be read at once, and after the next start', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    assert.deepEqual(await storage.append(message('general', 'hello', { at: 5, replyTo: 1 })), {
      kind: 'appended',
      seq: 1,
      at: 5,
    });
    const stored = { type: 'message', room: 'general', seq: 1, at: 5, from: ann };
    const expected = [{ ...stored, text: 'hello', replyTo: 1 }];
    assert.deepEqual(await storage.events('general', 0, 10), expected);
    assert.deepEqual(await (await again()).events('general', 0, 10), expected);
  });

  test('S2 each room counts from 1, without gaps, in the order of the calls', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    await storage.createRoom({ room: 'ops', kind: 'public', title: '', at: 1 });
    const calls = Array.from({ length: 400 }, (_, n) => (n % 3 === 0 ? 'ops' : 'general'));
    const answers = await Promise.all(
      calls.map((room, n) => storage.append(message(room, String(n)))),
    );

    for (const room of ['general', 'ops']) {
      const said = calls.flatMap((other, n) => (other === room ? [String(n)] : []));
      const seqs = answers.filter((_, n) => calls[n] === room).map(({ seq }) => seq);
      const inOrder = said.map((_, n) => n + 1);
      assert.deepEqual(seqs, inOrder);
      const events = await storage.events(room, 0, 1_000);
      assert.deepEqual(
        events.map((event) => [event.seq, 'text' in event ? event.text : '']),
        said.map((text, n) => [n + 1, text]),
      );
      assert.equal((await storage.room(room))?.head, said.length);
    }
    const next = await (await again()).append(message('ops', 'later'));
    assert.equal(next.seq, calls.filter((room) => room === 'ops').length + 1);
  });

  test(`S2 every kind of change takes the next place, and a topic is the room's`, async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    await storage.append(message('general', 'one'));
    const topic = { type: 'topicSet', room: 'general', at: 7, from: bob, topic: 'tea' } as const;
    assert.equal((await storage.append(topic)).seq, 2);
    assert.equal((await storage.append(message('general', 'three'))).seq, 3);
    assert.deepEqual(await storage.events('general', 1, 1), [{ ...topic, seq: 2 }]);
    assert.equal((await storage.room('general'))?.topic, 'tea');
    assert.equal((await (await again()).room('general'))?.topic, 'tea');
  });

  test('S3 a key acts once for a person and room, however often and late it comes', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    await storage.createRoom({ room: 'ops', kind: 'public', title: '', at: 1 });
    const draft = message('general', 'once', { key: 'k', at: 10 });
    const late = message('general', 'other words', { key: 'k', at: 99 });
    const [first, atOnce] = await Promise.all([storage.append(draft), storage.append(late)]);
    assert.deepEqual(first, { kind: 'appended', seq: 1, at: 10 });
    const duplicate = { kind: 'duplicate', seq: 1, at: 10 };
    assert.deepEqual(atOnce, duplicate);
    assert.deepEqual(await storage.append(late), duplicate);

    assert.equal(
      (await storage.append(message('ops', 'elsewhere', { key: 'k' }))).kind,
      'appended',
    );
    const ofBob = message('general', 'of bob', { key: 'k', from: bob });
    assert.deepEqual(await storage.append(ofBob), { kind: 'appended', seq: 2, at: ofBob.at });

    const reopened = await again();
    assert.deepEqual(await reopened.append(late), duplicate);
    const texts = (await reopened.messages('general', { latest: true, limit: 10 })).messages;
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['once', 'of bob'],
    );
    assert.equal((await reopened.room('general'))?.head, 2, 'a duplicate takes no place');
  });

  test('S6 every code point comes back as it went in', async (t) => {
    const { storage, again } = await open(t);
    await furnished(storage);
    const texts = allCharacters(4_000);
    await Promise.all(texts.map((text) => storage.append(message('general', text))));
    const events = await (await again()).events('general', 0, texts.length);
    const read = events.map((event) => ('text' in event ? event.text : ''));
    assert.equal(read.length, texts.length);
    for (const [n, text] of read.entries()) assert.ok(text === texts[n], `message ${n + 1}`);
  });

  test('events come after a place, in order, at most the limit', async (t) => {
    const storage = await withTenMessages((await open(t)).storage);
    const seqs = async (after: number, limit: number) =>
      (await storage.events('general', after, limit)).map(({ seq }) => seq);
    assert.deepEqual(await seqs(0, 3), [1, 2, 3]);
    assert.deepEqual(await seqs(9, 5), [10, 11, 12]);
    assert.deepEqual(await seqs(12, 5), []);
    assert.deepEqual(await seqs(40, 5), []);
  });

  test('a page of messages says whether there is more on either side', async (t) => {
    const storage = await withTenMessages((await open(t)).storage);
    const pages: [Page, number[], boolean, boolean][] = [
      [{ latest: true, limit: 3 }, [10, 11, 12], true, false],
      [{ latest: true, limit: 10 }, [1, 2, 3, 4, 5, 8, 9, 10, 11, 12], false, false],
      [{ before: 8, limit: 3 }, [3, 4, 5], true, true],
      [{ before: 3, limit: 5 }, [1, 2], false, true],
      [{ before: 1, limit: 5 }, [], false, true],
      [{ before: 100, limit: 2 }, [11, 12], true, false],
      [{ after: 0, limit: 4 }, [1, 2, 3, 4], false, true],
      [{ after: 5, limit: 2 }, [8, 9], true, true],
      [{ after: 10, limit: 9 }, [11, 12], true, false],
      [{ after: 12, limit: 9 }, [], true, false],
      [{ around: 8, limit: 4 }, [4, 5, 8, 9], true, true],
      [{ around: 1, limit: 3 }, [1, 2], false, true],
      [{ around: 12, limit: 4 }, [10, 11, 12], true, false],
      [{ around: 6, limit: 2 }, [5, 8], true, true],
    ];
    for (const [page, seqs, hasOlder, hasNewer] of pages) {
      const found = await storage.messages('general', page);
      const shape = { ...found, messages: found.messages.map(({ seq }) => seq) };
      assert.deepEqual(shape, { messages: seqs, hasOlder, hasNewer }, JSON.stringify(page));
    }
  });

  test('a message in a page is as it was said', async (t) => {
    const { storage } = await open(t);
    await furnished(storage);
    await storage.append(message('general', 'plain', { at: 3 }));
    await storage.append(message('general', 'rich', { at: 4, key: 'k', replyTo: 1, from: bob }));
    const { messages } = await storage.messages('general', { latest: true, limit: 5 });
    assert.deepEqual(messages, [
      { room: 'general', seq: 1, at: 3, from: ann, text: 'plain' },
      { room: 'general', seq: 2, at: 4, from: bob, text: 'rich', key: 'k', replyTo: 1 },
    ]);
  });

  test('a room that does not exist is named, and the calls beside it are done', async (t) => {
    const { storage } = await open(t);
    await furnished(storage);
    const [before, after, ...missing] = await Promise.allSettled([
      storage.append(message('general', 'before')),
      storage.append(message('general', 'after')),
      storage.append(message('nowhere', 'x')),
      storage.events('nowhere', 0, 1),
      storage.messages('nowhere', { latest: true, limit: 1 }),
      storage.enter('nowhere', ann.id, 1),
      storage.leave('nowhere', ann.id),
      storage.markRead('nowhere', ann.id, 1),
    ]);
    for (const call of missing) {
      assert.ok(call.status === 'rejected' && call.reason instanceof NoSuchRoom);
      assert.equal(call.reason.room, 'nowhere');
    }
    assert.deepEqual([before.status, after.status], ['fulfilled', 'fulfilled']);
    assert.equal((await storage.room('general'))?.head, 2);
    assert.equal(await storage.room('nowhere'), undefined);
  });
}

/** `general` with messages 1 to 5 and 8 to 12; 6 and 7 are topics. */
async function withTenMessages(storage: Storage): Promise<Storage> {
  await furnished(storage);
  for (let seq = 1; seq <= 12; seq += 1) {
    const { at, from, room } = message('general', '');
    const topic = { type: 'topicSet', room, at, from, topic: `${seq}` } as const;
    await storage.append(seq === 6 || seq === 7 ? topic : message('general', `${seq}`));
  }
  return storage;
}
