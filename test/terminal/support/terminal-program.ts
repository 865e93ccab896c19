/** A program on the person's terminal, which ends the way the key that is pressed says. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/client/index.ts';
import type { Input } from '../../../src/terminal/input.ts';
import { Terminal } from '../../../src/terminal/terminal.ts';

/** Where it tells the test what became of it. */
const REPORT_FD = 3;

const terminal = new Terminal({
  input: process.stdin,
  output: process.stdout,
  environment: process.env,
  clock: systemClock,
  onInput,
  onResize: () => paint('resized'),
  onGone: () => report('gone'),
});
terminal.title('a title');
process.on('exit', (code) => report(`exit ${code}`));
paint('ready');
terminal.background.then((background) => paint(`ready on ${background}`));

function onInput(input: Input): void {
  paint(JSON.stringify(input));
  if (input.kind !== 'text') return;
  if (input.text === 'q') terminal.close();
  if (input.text === 'x') process.exit(3);
  if (input.text === 't') throw new Error('boom \x1b[31min red');
  if (input.text === 'r') Promise.reject(new Error('nobody caught this'));
}

function paint(text: string): void {
  const { columns, rows } = terminal.size;
  const edge = { text: '#'.repeat(columns), style: { inverse: true as const } };
  const lines = Array.from({ length: rows }, () => [edge]);
  lines[1] = [{ ...edge, text: `pid ${process.pid} of ${columns}x${rows}` }];
  lines[2] = [{ ...edge, text }];
  terminal.paint({ lines, caret: { row: 2, column: 1 } });
}

function report(what: string): void {
  try {
    writeSync(REPORT_FD, `${what}\n`);
  } catch {
    // Nobody asked.
  }
}
