import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Peer } from '../support/peer.ts';
import { finished } from '../support/script.ts';
import { temporaryFolder } from '../support/server.ts';
import { onTerminal } from '../support/terminal.ts';
import { lacking } from '../support/tools.ts';
import { within } from '../support/within.ts';

const END_OF_INPUT = '\u0004';

/** An address of this machine where nothing listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${address.port}`;
}

function joinOnTerminal(t: TestContext, url: string, cwd: string) {
  const env = { CHINWAG_SERVER: url, CHINWAG_NAME: 'ann', XDG_STATE_HOME: temporaryFolder() };
  return onTerminal(t, { args: ['join'], env, cwd });
}

test('join on a terminal offers a server where none is, says where its rooms lie, and ends it with itself', async (t) => {
  const [url, cwd] = [await nowhere(), temporaryFolder()];
  const ann = joinOnTerminal(t, url, cwd);
  if (ann === undefined) return lacking(t, 'there is no script(1) to make a terminal');
  await ann.printed(/Nothing answers at \S+\. Start a server here\? \[Y\/n\]/);
  ann.write('\r');
  await ann.printed(
    /its rooms are kept in \S+chinwag-data\.[\s\S]*"chinwag serve" keeps one running/,
  );
  await ann.printed(/#general/);
  const bob = await Peer.member(url, 'bob');
  ann.write('hello\r');
  assert.equal((await bob.next('message')).text, 'hello');
  ann.write(END_OF_INPUT);
  assert.equal((await finished(ann)).code, 0, ann.stdout);
  assert.equal((await bob.closed).code, 1012, 'the server stopped as it should');
  assert.ok(existsSync(join(cwd, 'chinwag-data', 'chinwag.db')));
  await assert.rejects(Peer.open(url));
});

test('a server that join has started ends with it, however join ends', async (t) => {
  const [url, cwd] = [await nowhere(), temporaryFolder()];
  const ann = joinOnTerminal(t, url, cwd);
  if (ann === undefined) return lacking(t, 'there is no script(1) to make a terminal');
  await ann.printed(/\[Y\/n\]/);
  ann.write('y\r');
  await ann.printed(/#general/);
  const bob = await Peer.member(url, 'bob');
  await ann.kill();
  assert.equal((await within(bob.closed, 'the server to end', 10_000)).code, 1012);
});

test('join starts nothing when it is not wanted, and exits 3', async (t) => {
  for (const answer of ['n\r', 'what?\r', END_OF_INPUT]) {
    const [url, cwd] = [await nowhere(), temporaryFolder()];
    const ann = joinOnTerminal(t, url, cwd);
    if (ann === undefined) return lacking(t, 'there is no script(1) to make a terminal');
    await ann.printed(/\[Y\/n\]/);
    ann.write(answer);
    const { code, stdout } = await finished(ann);
    assert.equal(code, 3);
    assert.match(stdout, /nothing answers at \S+; start a server with "chinwag serve"/);
    assert.equal(existsSync(join(cwd, 'chinwag-data')), false);
  }
});

test('join offers no server at an address of another machine, and goes on trying', async (t) => {
  const ann = joinOnTerminal(t, 'http://localhost.invalid:2428', temporaryFolder());
  if (ann === undefined) return lacking(t, 'there is no script(1) to make a terminal');
  await ann.printed(/trying again/);
  ann.write(END_OF_INPUT);
  const { code, stdout } = await finished(ann);
  assert.equal(code, 3);
  assert.doesNotMatch(stdout, /Start a server/);
});
