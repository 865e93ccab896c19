import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Peer } from './support/peer.ts';
import { run, serve } from './support/process.ts';
import { temporaryFolder } from './support/server.ts';
import { lacking, olderNode } from './support/tools.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A folder in which the packed chinwag is installed, as those who use it have it. */
const home = join(realpathSync(temporaryFolder()), 'home');
const bin = join(home, 'node_modules/.bin/chinwag');
let packed: string[] = [];

before(() => {
  const checkout = temporaryFolder();
  const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];
  for (const part of [...settings, 'src', 'scripts']) {
    cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  const [tarball] = JSON.parse(npm(checkout, 'pack', '--json'));
  packed = tarball.files.map(({ path }: { path: string }) => path);

  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  npm(home, 'install', '--omit=dev', '--prefer-offline', join(checkout, tarball.filename));
});

test('the package holds what was built, and nothing that is only for making it', () => {
  const strange = packed.filter((path) => !path.startsWith('dist/') && path !== 'package.json');
  assert.deepEqual(
    strange.filter((path) => !/^(README|CHANGELOG|LICENSE)/.test(path)),
    [],
  );
  const ofNode = ['cli/main.js', 'server/server.d.ts', 'protocol/schema.json'];
  const ofWeb = ['index.html', 'index.html.br', 'worker.js', 'manifest.webmanifest', 'icon.svg'];
  const needed = [...ofNode, ...ofWeb.map((file) => `web/${file}`)];
  for (const path of needed) assert.ok(packed.includes(`dist/${path}`), path);
  const sources = packed.filter((path) => /^dist\/web\/.*\.tsx?$/.test(path));
  assert.deepEqual(sources, [], 'the browser client is there as it was built');
});

test('the installed package serves', async (t) => {
  const command = [process.execPath, bin];
  const server = await serve(t, join(home, 'data'), { command, cwd: home });
  assert.match(await (await fetch(server.url)).text(), /<div id="app">/);
  const ann = await Peer.member(server.url, 'ann');
  const bob = await Peer.member(server.url, 'bob');
  await ann.ask({ type: 'send', room: 'general', text: 'from the package' });
  assert.equal((await bob.next('message')).text, 'from the package');
  const impostor = await Peer.open(server.url);
  assert.equal((await impostor.ask({ type: 'hello', name: 'аnn' })).code, 'name_taken');
  server.signal('SIGTERM');
  assert.equal((await server.exited).code, 0);
});

test('the installed package serves the browser client, with all that its page names', async (t) => {
  const command = [process.execPath, bin];
  const { url } = await serve(t, join(home, 'data-web'), { command, cwd: home });
  const page = await (await fetch(url)).text();
  const named = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
  assert.ok(
    named.some((path) => /^\/assets\/.*\.js$/.test(path)),
    page,
  );
  for (const path of [...named, '/worker.js', '/offline.html']) {
    const response = await fetch(`${url}${path}`);
    assert.equal(response.status, 200, path);
    assert.ok((await response.arrayBuffer()).byteLength > 0, path);
  }
  assert.equal(await (await fetch(`${url}/room/general`)).text(), page);
});

test('the installed package can be imported: the server, the protocol and its schema', () => {
  const program = `
    import { startServer } from 'chinwag/server';
    import { limits } from 'chinwag/protocol';
    import schema from 'chinwag/protocol/schema.json' with { type: 'json' };
    console.log(typeof startServer, limits.textChars, Object.keys(schema.commands).includes('send'));
  `;
  const args = ['--input-type=module', '--eval', program];
  const said = execFileSync(process.execPath, args, { cwd: home, encoding: 'utf8' });
  assert.equal(said, 'function 4000 true\n');
});

test('on a Node that is too old the installed package says so in one sentence', async (t) => {
  const old = olderNode();
  if (old === undefined) return lacking(t, 'no Node older than 24 is there');
  const { code, stdout, stderr } = await run(t, {
    args: ['serve'],
    command: [old, bin],
    cwd: home,
  });
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(stderr, /^chinwag needs Node 24 or newer and this is v\d+\S*; install .*\n$/);
});

/** Runs npm on its own: not as a part of the npm that runs this test. */
function npm(cwd: string, ...args: string[]): string {
  const env = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const options = { cwd, env: Object.fromEntries(env), encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('npm', args, options);
}
