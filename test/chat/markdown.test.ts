import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Block, Inline, Markdown } from '../../src/chat/markdown.ts';
import { parseMarkdown } from '../../src/chat/markdown.ts';
import { isWithinBounds } from '../../src/chat/markdown-bounds.ts';
import { seedFor } from '../support/seed.ts';

const emoji = new Map([['wave', '👋']]);

/** The tree in short: `strong(text)`, blocks one a line. */
function show(tree: Markdown): string {
  return tree.map(showBlock).join('\n');
}

function showBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return showInlines(block.children);
    case 'heading':
      return `h${block.level}(${showInlines(block.children)})`;
    case 'code':
      return `code ${block.language ?? '-'}(${block.text})`;
    case 'quote':
      return `quote(${show(block.children)})`;
    case 'list': {
      const items = block.items.map((item) => `(${show(item)})`).join('');
      return `${block.ordered ? `list ${block.start}` : 'list'}${items}`;
    }
  }
}

function showInlines(inlines: readonly Inline[]): string {
  return inlines.map(showInline).join('');
}

function showInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return `code(${inline.text})`;
    case 'link':
      return `link ${inline.href}(${showInlines(inline.children)})`;
    case 'mention':
    case 'room':
      return `${inline.kind}(${inline.name})`;
    case 'break':
      return '|';
    default:
      return `${inline.kind}(${showInlines(inline.children)})`;
  }
}

/** Every text in a tree, with what marks mentions and rooms. */
function textsOf(tree: Markdown): string {
  return tree.map(textOfBlock).join('\n');
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'code':
      return `${block.language ?? ''}\n${block.text}`;
    case 'quote':
      return textsOf(block.children);
    case 'list':
      return block.items.map(textsOf).join('\n');
    default:
      return block.children.map(textOfInline).join('');
  }
}

function textOfInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text;
    case 'mention':
      return `@${inline.name}`;
    case 'room':
      return `#${inline.name}`;
    case 'break':
      return '\n';
    default:
      return inline.children.map(textOfInline).join('');
  }
}

function holds(cases: readonly (readonly [text: string, tree: string])[]): void {
  for (const [text, tree] of cases) assert.equal(show(parseMarkdown(text, emoji)), tree, text);
}

test('marks become the tree', () => {
  holds([
    ['**a** *b* _c_ ~~d~~ `e`', 'strong(a) emphasis(b) emphasis(c) strike(d) code(e)'],
    ['**a *b* c**', 'strong(a emphasis(b) c)'],
    ['## a *b*', 'h2(a emphasis(b))'],
    ['> a\n> > b', 'quote(a\nquote(b))'],
    ['- a\n- b\n  - c', 'list(a)(b\nlist(c))'],
    ['3. a\n4. b', 'list 3(a)(b)'],
    ['```js\na *b*\n```', 'code js(a *b*)'],
    ['```\na\n\nb', 'code -(a\n\nb)'],
    ['snake_case_name and 2*3*4 ~a~', 'snake_case_name and 2emphasis(3)4 ~a~'],
    ['\\*a\\*', '*a*'],
    ['', ''],
  ]);
});

test('one line break is a break, and an empty line ends a paragraph', () => {
  holds([
    ['a\nb', 'a|b'],
    ['a\n\nb', 'a\nb'],
    ['*a\nb*', 'emphasis(a|b)'],
  ]);
});

test('what documents have and messages do not is text', () => {
  holds([
    ['<b>a</b>', '<b>a</b>'],
    ['<script>\nalert(1)\n</script>', '<script>|alert(1)|</script>'],
    ['a\n---', 'a|---'],
    ['---', '---'],
    ['a\n===', 'a|==='],
    ['    a', 'a'],
    ['[a]: https://a.example\n\n[a]', '[a]: link https://a.example(https://a.example)\n[a]'],
    ['| a | b |\n|---|---|', '| a | b |||---|---|'],
    ['&lt;b&gt; &copy;', '&lt;b&gt; &copy;'],
  ]);
});

test('http, https and mailto are links, and nothing else is', () => {
  holds([
    ['[a](https://a.example)', 'link https://a.example(a)'],
    ['[a *b*](http://a.example "t")', 'link http://a.example(a emphasis(b))'],
    ['![a](https://a.example/a.png)', 'link https://a.example/a.png(a)'],
    ['![](https://a.example/a.png)', 'link https://a.example/a.png(https://a.example/a.png)'],
    ['see https://a.example/b.', 'see link https://a.example/b(https://a.example/b).'],
    ['www.a.example', 'link http://www.a.example(www.a.example)'],
    ['a@b.example', 'link mailto:a@b.example(a@b.example)'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
    ['[a](JaVaScRiPt:alert(1))', '[a](JaVaScRiPt:alert(1))'],
    ['[a](java\u0000script:alert(1))', '[a](javascript:alert(1))'],
    ['![a](data:text/html,x)', '![a](data:text/html,x)'],
    ['[a](/b)', '[a](/b)'],
    ['<vbscript:a>', '<vbscript:a>'],
  ]);
});

test('a name with @ and a room with # are found in text', () => {
  holds([
    ['@ann and @room, #general.', 'mention(ann) and mention(room), room(general).'],
    ['**@ann-lee**', 'strong(mention(ann-lee))'],
    ['`@ann #general`', 'code(@ann #general)'],
    ['[@ann](https://a.example/#b)', 'link https://a.example/#b(@ann)'],
    ['https://a.example/@ann', 'link https://a.example/@ann(https://a.example/@ann)'],
    ['a#b #1 #A ##a', 'a#b #1 #A ##a'],
    ['#v1.2', 'room(v1.2)'],
  ]);
});

test('shortcodes become emoji in text, not in code and not in addresses', () => {
  holds([
    ['hi :wave:!', 'hi 👋!'],
    ['`:wave:` :nothing:', 'code(:wave:) :nothing:'],
    ['a:wave:b 10:30:45', 'a:wave:b 10:30:45'],
    ['https://a.example/:wave:/', 'link https://a.example/:wave:/(https://a.example/:wave:/)'],
    ['[:wave:](https://a.example)', 'link https://a.example(:wave:)'],
  ]);
  assert.equal(show(parseMarkdown(':wave:')), ':wave:', 'nor where no table is loaded');
});

const alphabet = [
  ...'*_~`[]()<>!#@:-+.1|\\&"=\n\t a\u001b\u0007\u202e\u200d👋é',
  '```',
  '\n\n',
  '  ',
];
const hostile = fc.array(fc.constantFrom(...alphabet), { maxLength: 200 }).map((a) => a.join(''));

test('no message makes it throw, or puts a control character on a screen', (t) => {
  const OBEYED = /[\p{Cc}\p{Bidi_Control}]/u;
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
      const shown = textsOf(parseMarkdown(text, emoji)).replaceAll('\n', '');
      assert.equal(OBEYED.test(shown), false);
    }),
    { seed: seedFor(t) },
  );
});

test('no word of a plain text is lost, nor of a text full of marks', (t) => {
  // Without digits, which number a list, and without what makes an address.
  const marked = alphabet.filter((part) => !/[\d(]/.test(part));
  const text = (parts: readonly string[]) =>
    fc.array(fc.constantFrom(...parts), { maxLength: 200 }).map((all) => all.join(''));
  fc.assert(
    fc.property(fc.oneof(text([...'abc xyz.,?;\n']), text(marked)), (written) => {
      const words = (all: string) => all.replace(/[^a-z\d]/g, '');
      assert.equal(words(textsOf(parseMarkdown(written))), words(written));
    }),
    { seed: seedFor(t), numRuns: 500 },
  );
});

test('a text in which little is to parse, or no address, is read as any other', (t) => {
  const parts = [
    ...'a1.)#>+- :@!&=|/_\n*`(,é。',
    'www.',
    '://',
    'http://b.c',
    'mailto:',
    '@b.cd',
    '#ops',
    ':wave:',
    '**',
    '`a',
    ...['**b c**', '*e*', '`x*y`', ' *', '* ', '** ', ' **', ' `', '` '],
    'http:\\/\\/b.cd',
    'www\\.b.cd',
  ];
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, (written) => {
      // What stands before it makes the parser look at all of it, for addresses too.
      const parsed = parseMarkdown(`*z*://\n\n${written}`, emoji);
      assert.deepEqual(parseMarkdown(written, emoji), parsed.slice(1));
    }),
    { seed: seedFor(t), numRuns: 5_000 },
  );
});

const LONG = 8_000;
const floods = [
  ...['*', '_', '~', '`', '[', ']', '(', '>', '- ', '* ', '1. ', '#', '!', '<', '\\', '&', '@'],
  ...['*_', '**_* ', 'a**b', '*a**b', 'a***b', '_a__', '~~a', '*a ', 'a* ', '*a_ ', 'x** '],
  ...['![](', '[](', '[a](', '![]()', '[[a]', '[a]', '`a``', '``a`', '```\n', '~~~\n', '# a\n'],
  ...['- \n', '- a\n', '>\n', '\n', 'a\n\n', '<a', '<http://', 'http://a?(', 'www.', 'a@b.', '@a'],
  ...[
    `${'> - '.repeat(30)}a\n`,
    `${'- '.repeat(8)}a\n`,
    `${'>'.repeat(8)}a\n`,
    '#a',
    ':a:',
    ' ',
    'a ',
    'a \n',
  ],
].map((part) => part.repeat(Math.ceil(LONG / part.length)).slice(0, LONG));
const shapes = [
  '['.repeat(4_000) + ']'.repeat(4_000),
  `${'*'.repeat(4_000)}a${'*'.repeat(4_000)}`,
  '*a '.repeat(1_300) + 'a* '.repeat(1_300),
  `${'>'.repeat(200)}a\n${'a\n'.repeat(3_000)}`,
  Array.from({ length: 120 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
  Array.from({ length: 100 }, (_, depth) => `${'>'.repeat(depth)}a`).join('\n'),
  Array.from({ length: 120 }, (_, length) => '`'.repeat(length)).join(' '),
  `\`\`\`\n\`\`\`\n${'*_'.repeat(4_000)}`,
  `- a\n  \`\`\`\n${'*_'.repeat(4_000)}`,
  `> \`\`\`\n${'[a_'.repeat(2_500)}`,
  `\`\`\` a\`\n${'*_'.repeat(4_000)}`,
];

/** The most of a text that the parser is still given. */
function within(text: string): string {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isWithinBounds(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low);
}

test('a flood of marks is read at once, also one that the bounds just let through', () => {
  parseMarkdown('warm **up** '.repeat(50));
  for (const text of [...floods, ...shapes].flatMap((flood) => [flood, within(flood)])) {
    const begun = process.cpuUsage().user;
    parseMarkdown(text, emoji);
    const ms = (process.cpuUsage().user - begun) / 1_000;
    assert.ok(ms < 200, `${JSON.stringify(text.slice(0, 20))} took ${ms} ms`);
  }
});

test('a flood is shown as it was written, and what people write is not taken for one', () => {
  const flood = '*_'.repeat(300);
  assert.equal(show(parseMarkdown(`${flood}\n@ann`)), `${flood}|@ann`);
  const many = ['*a* '.repeat(150), '`a` '.repeat(300), `${'b\n'.repeat(450)}*b*`];
  for (const text of many.map((one) => one.trim())) {
    assert.equal(show(parseMarkdown(text)), text.replaceAll('\n', '|'));
  }
  const code = `\`\`\`\n${'a[i] * b_c;\n'.repeat(300)}\`\`\`\n**a**`;
  assert.match(show(parseMarkdown(code)), /^code -[\s\S]*\nstrong\(a\)$/);
  const notes = '- **a** `b` [c](https://c.example)\n'.repeat(20);
  assert.match(show(parseMarkdown(notes)), /^list\(strong\(a\)/);
});
