import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMarkdown } from '../../src/chat/markdown.ts';
import {
  commandsOf,
  parseComposed,
  slashCommands,
  usage,
  type Where,
} from '../../src/chat/slash.ts';
import { seedFor } from '../support/seed.ts';

function composed(text: string, where: Where = 'terminal') {
  return parseComposed(text, where);
}

function sentence(text: string, where?: Where): string {
  const made = composed(text, where);
  assert.equal(made.kind, 'mistake', text);
  return made.kind === 'mistake' ? made.sentence : '';
}

test('what does not begin with a slash is a message, as it was written', () => {
  for (const text of ['hello', ' /join x', 'a /join', '', '/ ', '/', '/ a', '\n/join']) {
    assert.deepEqual(composed(text), { kind: 'message', text });
  }
});

test('two slashes say one', () => {
  assert.deepEqual(composed('//join x'), { kind: 'message', text: '/join x' });
  assert.deepEqual(composed('///'), { kind: 'message', text: '//' });
});

test('a command is read with its arguments, in any case and by its other names', () => {
  const join = { kind: 'command', name: 'join', room: 'ops' };
  for (const text of ['/join ops', '/JOIN ops', '/j #Ops', '/join   ops  ']) {
    assert.deepEqual(composed(text), join, text);
  }
  const create = { kind: 'command', name: 'create', room: 'ops' };
  assert.deepEqual(composed('/create ops The  ops'), { ...create, title: 'The  ops' });
  assert.deepEqual(composed('/create ops'), { ...create, title: undefined });
  assert.deepEqual(composed('/leave'), { kind: 'command', name: 'leave', room: undefined });
  assert.deepEqual(composed('/part ops'), { kind: 'command', name: 'leave', room: 'ops' });
  const topic = { kind: 'command', name: 'topic', topic: 'a\nb' };
  assert.deepEqual(composed('/topic a\nb'), topic);
  assert.deepEqual(composed('/theme Dark'), { kind: 'command', name: 'theme', theme: 'dark' });
  assert.deepEqual(composed('/?'), { kind: 'command', name: 'help' });
});

test('/me is one emphasis, whatever is in it', () => {
  for (const text of ['waves', '2 * 3', 'a\nb', 'a\\', '*a* **', '@ann _b_ `c`', 'x*']) {
    const made = composed(`/me ${text}`);
    assert.equal(made.kind, 'message');
    const [block, ...more] = parseMarkdown(made.kind === 'message' ? made.text : '');
    assert.deepEqual(more, []);
    assert.ok(block?.kind === 'paragraph' && block.children.length === 1, text);
    assert.equal(block.children[0]?.kind, 'emphasis', text);
  }
});

test('an unknown command names the nearest, and how to say it as it stands', () => {
  assert.match(sentence('/jion ops'), /no command \/jion\. Did you mean \/join\? .*\/\/jion/);
  assert.match(sentence('/set', 'browser'), /Did you mean \/settings\?/);
  assert.match(sentence('/etc/passwd is gone'), /Try \/help\. .*\/\/etc\/passwd/);
});

test('what is missing, too much or wrong is told with how it is written', () => {
  assert.match(sentence('/join'), /write \/join room$/);
  assert.match(sentence('/me '), /write \/me text$/);
  assert.match(sentence('/join a b'), /written \/join room$/);
  assert.match(sentence('/join Größe'), /“Größe” is no name for a room/);
  assert.match(sentence('/theme blue'), /light, dark or auto/);
  assert.match(sentence('/create'), /write \/create room \[title\]$/);
});

test('a client does not know the commands of another', () => {
  assert.match(sentence('/quit', 'browser'), /no command/);
  assert.equal(composed('/quit', 'terminal').kind, 'command');
});

test('settings are shown, or one of them is changed', () => {
  const change = (text: string) => {
    const made = composed(text, 'terminal');
    return made.kind === 'command' && made.name === 'settings' ? made.change : 'no';
  };
  assert.equal(change('/settings'), undefined);
  assert.deepEqual(change('/settings bell off'), { setting: 'bell', value: 'off' });
  assert.deepEqual(change('/settings bell=off'), { setting: 'bell', value: 'off' });
  assert.deepEqual(change('/settings bell'), { setting: 'bell', value: '' });
});

test('each name is one command, and each has a line of help', () => {
  const names = slashCommands.flatMap(({ name, aliases }) => [name, ...aliases]);
  assert.equal(new Set(names).size, names.length);
  for (const command of commandsOf('browser')) {
    assert.match(command.help, /^[A-Z][^\n]{5,60}$/);
    assert.ok(usage(command).startsWith(`/${command.name}`));
    const text = command.arguments.findIndex(({ kind }) => kind === 'text');
    assert.ok(text === -1 || text === command.arguments.length - 1, 'text takes the rest');
  }
});

test('whatever is written comes to something, and a message loses nothing', (t) => {
  const parts = fc.constantFrom('/', 'join', 'me', ' ', '\n', '#', 'ops', '*', '\\', 'é', '//');
  fc.assert(
    fc.property(fc.array(parts), (all) => {
      const text = all.join('');
      const made = composed(text);
      if (text.startsWith('/') || made.kind !== 'message') return;
      assert.equal(made.text, text);
    }),
    { seed: seedFor(t) },
  );
});
