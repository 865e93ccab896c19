import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { WebDoor } from '../../../src/server/doors/web.ts';
import { temporaryFolder } from '../../support/server.ts';

test('10.2 a file comes packed as the browser likes it best', async () => {
  const folder = temporaryFolder();
  for (const ending of ['', '.br', '.gz']) {
    writeFileSync(join(folder, `index.html${ending}`), `page${ending}`);
  }
  const door = new WebDoor(pathToFileURL(`${folder}/`));
  const rows: [accepted: string | undefined, encoding: string | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['gzip;q=0.5,br;q=0.501', 'br'],
    ['gzip ; q=0.8 , br ; Q=0.9', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000, gzip;q=0.0', undefined],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'gzip'],
    ['*;q=0', undefined],
    ['identity;q=0, gzip', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['br;q=nonsense, gzip;q=2, *;q=0', undefined],
    ['br;level=4', undefined],
    ['brotli, gzipped', undefined],
    [';;,,;q=', undefined],
  ];
  for (const [accepted, encoding] of rows) {
    const asked = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const answer = await door.answer('/', asked);
    assert.equal(answer?.headers['Content-Encoding'], encoding, accepted);
    const ending = { br: '.br', gzip: '.gz' }[encoding ?? ''] ?? '';
    assert.equal(String(answer?.body), `page${ending}`, accepted);
    assert.equal(answer?.headers.Vary, 'Accept-Encoding');
  }
  const tags = await Promise.all(
    ['', 'gzip', 'br'].map((accepted) => door.answer('/', { 'accept-encoding': accepted })),
  );
  assert.equal(new Set(tags.map((answer) => answer?.headers.ETag)).size, 3, 'each has its own tag');
});
