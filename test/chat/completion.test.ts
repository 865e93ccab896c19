import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CompletionSources, complete, speakers } from '../../src/chat/completion.ts';
import { choose, tab } from '../../src/chat/tab.ts';
import { seedFor } from '../support/seed.ts';
import { ann, bob, sent, timeline } from '../support/timeline.ts';

const sources: CompletionSources = {
  where: 'terminal',
  members: [
    { name: 'nadia', spoke: 0 },
    { name: 'Nate', spoke: 7 },
    { name: 'nat', spoke: 9 },
    { name: 'bob', spoke: 8 },
    { name: 'Naomi', spoke: 0 },
  ],
  rooms: ['ops', 'general', 'open'],
  emoji: new Map([
    ['wave', '👋'],
    ['watch', '⌚'],
    ['+1', '👍'],
  ]),
};

/** What is offered where `^` stands. */
function offered(marked: string): string[] {
  const caret = marked.indexOf('^');
  const found = complete(marked.replace('^', ''), caret, sources);
  return found === undefined ? [] : [found.kind, ...found.candidates.map(({ insert }) => insert)];
}

test('names come by who spoke last, then by the alphabet', () => {
  assert.deepEqual(offered('hi @na^'), ['name', '@nat ', '@Nate ', '@nadia ', '@Naomi ']);
  assert.deepEqual(offered('@NAT^e'), ['name', '@nat ', '@Nate ']);
  assert.deepEqual(offered('@^').length, 6);
  assert.deepEqual(offered('@x^'), []);
});

test('a name without @ is completed anywhere, in a browser at the beginning of a line only', () => {
  assert.deepEqual(offered('bo^'), ['bareName', '@bob ']);
  assert.deepEqual(offered('hello\nbo^'), ['bareName', '@bob ']);
  assert.deepEqual(offered('hello bo^'), ['bareName', '@bob ']);
  const browser = { ...sources, where: 'browser' } as const;
  assert.equal(complete('hello\nbo', 8, browser)?.kind, 'bareName');
  assert.equal(complete('hello bo', 8, browser), undefined);
  assert.deepEqual(offered('^'), []);
  assert.deepEqual(offered('a^'), []);
});

test('rooms, emoji and commands are completed where they begin', () => {
  assert.deepEqual(offered('see #op^'), ['room', '#open ', '#ops ']);
  assert.deepEqual(offered('oh :wa^'), ['emoji', '👋 ', '⌚ ']);
  assert.deepEqual(offered('oh :+1^'), ['emoji', '👍 ']);
  assert.deepEqual(offered('oh :w^'), [], 'one letter is too few');
  assert.deepEqual(offered('10:30^'), []);
  assert.deepEqual(offered('/le^'), ['command', '/leave ']);
  assert.deepEqual(offered('/q^'), ['command', '/quit']);
  assert.deepEqual(offered('a /le^'), []);
  assert.deepEqual(offered('//le^'), []);
});

test('the arguments of commands are completed by what they are', () => {
  assert.deepEqual(offered('/join op^'), ['room', 'open ', 'ops ']);
  assert.deepEqual(offered('/j #op^'), ['room', 'open ', 'ops ']);
  assert.deepEqual(offered('/theme d^'), ['theme', 'dark']);
  assert.deepEqual(offered('/topic ask @bo^'), ['name', '@bob ']);
  assert.deepEqual(offered('/me hugs bo^'), ['bareName', '@bob ']);
  assert.deepEqual(offered('/who bo^'), []);
});

test('Tab goes through the candidates and back, until something is written', () => {
  const first = tab(undefined, 'hi @na', 6, 1, sources);
  assert.equal(first?.text, 'hi @nat ');
  assert.equal(first.caret, 8);
  const second = tab(first, first.text, first.caret, 1, sources);
  assert.equal(second?.text, 'hi @Nate ');
  const back = tab(second, second.text, second.caret, -1, sources);
  assert.deepEqual(back, first);
  const round = tab(back, back?.text ?? '', back?.caret ?? 0, -1, sources);
  assert.equal(round?.text, 'hi @Naomi ');
  const written = tab(round, `${round?.text}@bo`, (round?.caret ?? 0) + 3, 1, sources);
  assert.equal(written?.text, 'hi @Naomi @bob ');
  const elsewhere = tab(second, second?.text ?? '', 'hi @N'.length, 1, sources);
  assert.equal(elsewhere?.text, 'hi @nat ate ', 'a caret that was moved asks anew');
  assert.equal(tab(undefined, 'hi @na', 6, -1, sources)?.text, 'hi @Naomi ');
  assert.equal(tab(undefined, 'hi', 2, 1, sources), undefined);
});

test('a space that is there already is not doubled', () => {
  const completion = complete('@bo here', 3, sources);
  assert.ok(completion);
  const chosen = choose('@bo here', completion, 0);
  assert.deepEqual([chosen.text, chosen.caret], ['@bob here', 5]);
});

test('only what is replaced changes, whatever stands around it', (t) => {
  const parts = fc.constantFrom('@', '#', ':', '/', 'na', 'op', 'wa', ' ', '\n', 'join', '👋');
  fc.assert(
    fc.property(fc.array(parts), fc.nat(), (all, at) => {
      const text = all.join('');
      const caret = at % (text.length + 1);
      const completion = complete(text, caret, sources);
      if (completion === undefined) return;
      assert.equal(completion.end, caret);
      assert.match(text.slice(completion.start, caret), /^\S*$/);
      for (const index of completion.candidates.keys()) {
        const chosen = choose(text, completion, index);
        assert.ok(chosen.text.startsWith(text.slice(0, completion.start)));
        assert.ok(chosen.text.endsWith(text.slice(caret)));
        assert.ok(chosen.caret <= chosen.text.length);
      }
    }),
    { seed: seedFor(t) },
  );
});

test('who is here and who spoke may be addressed, but not oneself', () => {
  const cy = { id: 'u_cy', name: 'cy\u202e' };
  const room = timeline([sent(1, { from: cy }), sent(2, { from: ann })], { members: [ann, bob] });
  assert.deepEqual(speakers(room, 'ann'), [
    { name: 'bob', spoke: 0 },
    { name: 'cy', spoke: 1 },
  ]);
});
