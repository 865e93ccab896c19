import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeToken } from '../src/cli/tokens.ts';
import { programFor } from '../test/support/tools.ts';
import { TestScreen } from '../test/terminal/support/test-screen.ts';
import { reader } from './screenshots/conversation.ts';
import { picture } from './screenshots/picture.ts';
import { converse } from './screenshots/stage.ts';

/** `npm run recording`: the terminal client with a conversation in it, as docs/images/terminal.svg. */
const FILE = 'docs/images/terminal.svg';
const SIZE = { columns: 112, rows: 32 };
const DAY_MS = 86_400_000;

const script = programFor('script');
if (script === undefined) throw new Error('script(1) makes the terminal: install it and try again');

// So that the last lines were said today, whenever that is.
const yesterday = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
const stage = await converse(Date.parse(`${yesterday}T16:48:00Z`));
const home = mkdtempSync(join(tmpdir(), 'recording-'));
process.env.XDG_STATE_HOME = home;
writeToken(stage.url, reader, stage.token);

const { columns, rows } = SIZE;
const command = `exec ${process.execPath} src/cli/main.ts join ${stage.url} --name ${reader}`;
const client = spawn(
  script,
  ['-qfec', `stty cols ${columns} rows ${rows}; ${command}`, '/dev/null'],
  {
    env: {
      PATH: process.env.PATH,
      TERM: 'xterm-256color',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      XDG_STATE_HOME: home,
      XDG_CONFIG_HOME: home,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
const screen = new TestScreen(SIZE);
client.stdout.on('data', (bytes) => screen.output.write(bytes));
screen.onAnswer((answer) => client.stdin.write(answer));

/** Resolves once the screen is as wanted. */
async function shows(wanted: RegExp): Promise<void> {
  while (!wanted.test(screen.rows.join('\n'))) {
    await once(client.stdout, 'data', { signal: AbortSignal.timeout(20_000) });
    await screen.settled();
  }
}

await shows(/● \d+ ms/);
client.stdin.write('Thanks @Chlo');
client.stdin.write('\t');
await shows(/Thanks @Chloé/);
stage.person('bob').room('general').typing();
await shows(/bob is typing/);
writeFileSync(FILE, picture(screen, SIZE));

client.stdin.write('\x03\x03\x03');
await once(client, 'exit');
await stage.end();
rmSync(home, { recursive: true });
