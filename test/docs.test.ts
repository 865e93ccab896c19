import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RULE = /^- \*\*(\d+\.G?\d+)\*\* /gm;
/** The numbers of rules that a title begins with. */
const TITLE = /\b(?:test|it|describe)\(\s*['"`]((?:\d+\.G?\d+ )+)/g;
/** How titles named rules before they had numbers of their own. */
const UNNUMBERED = /\b(?:test|it|describe)\(\s*['"`](?:§|section \d|G\d\b)/;
const LINK = /\]\(([^)\s]+)\)/g;

const tests = globSync('test/**/*.ts', { cwd: ROOT });
const pages = [...globSync('*.md', { cwd: ROOT }), ...globSync('docs/**/*.md', { cwd: ROOT })];

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function rules(): string[] {
  return [...read('docs/protocol.md').matchAll(RULE)].map(([, rule = '']) => rule);
}

/** Each rule that a title carries, with the file it is in. */
function carried(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of tests) {
    for (const [, numbers = ''] of read(file).matchAll(TITLE)) {
      for (const rule of numbers.trim().split(' ')) found.set(rule, file);
    }
  }
  return found;
}

test('every rule of the protocol has a number of its own, in order', () => {
  const all = rules();
  assert.ok(all.length > 70, `only ${all.length} rules were found`);
  const last = new Map<string, number>();
  for (const rule of all) {
    const [section = '', number = ''] = rule.split('.');
    const expected = (last.get(section) ?? 0) + 1;
    assert.equal(Number(number.replace('G', '')), expected, rule);
    last.set(section, expected);
  }
  assert.deepEqual([...last.keys()], ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
});

test('every rule of the protocol is proved by a test that carries its number', () => {
  const proved = carried();
  assert.deepEqual(
    rules().filter((rule) => !proved.has(rule)),
    [],
    'rules that no title carries',
  );
});

test('every rule that a title carries is in the protocol', () => {
  const known = new Set(rules());
  const unknown = [...carried()].filter(([rule]) => !known.has(rule));
  assert.deepEqual(unknown, [], 'numbers in titles that no rule has');
  const unnumbered = tests.filter((file) => UNNUMBERED.test(read(file)));
  assert.deepEqual(unnumbered, [], 'titles that name a section or a promise, not a rule');
});

test('every relative link of the pages leads to something', () => {
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(LINK)].map(([, link = '']) => ({ page, link })),
  );
  const dead = links
    .filter(({ link }) => !/^[a-z]+:/.test(link))
    .filter(({ page, link }) => !leads(page, link))
    .map(({ page, link }) => `${page}: ${link}`);
  assert.ok(links.length > 20, `only ${links.length} links were found`);
  assert.deepEqual(dead, []);
});

/** To a file here, and where it names one, to a heading of that page. */
function leads(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

/** The headings of a page as a link names them. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}
