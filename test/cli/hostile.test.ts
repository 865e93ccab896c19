import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scripter } from '../support/script.ts';
import { hostileServer, refused } from '../terminal/support/hostile-server.ts';

const obeyed = /[^\P{Cc}\n]|\p{Bidi_Control}/u;

for (const [args, name, shows] of [
  [['rooms'], 'ann', /listed/],
  [['rooms', '--json'], 'ann', /listed/],
  [['who', 'general'], 'ann', /general/],
  [['rooms'], refused, /refusal/],
] as const) {
  test(`${args.join(' ')} of ${name} prints nothing of a server that a terminal would obey`, async (t) => {
    const { stdout, stderr } = await new Scripter(t, await hostileServer(t), name).run(...args);
    const printed = stdout + stderr;
    assert.match(printed, shows);
    assert.doesNotMatch(printed, obeyed);
  });
}
