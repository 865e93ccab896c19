import assert from 'node:assert/strict';
import test from 'node:test';
import { optionsOf } from '../../bench/options.ts';

const names = ['lockstep', 'storm', 'chinwag', 'bun'];

test('without options everything is measured five times', () => {
  assert.deepEqual(optionsOf([], names), {
    ...{ repeats: 5, only: [], keep: false, quick: false, report: false },
  });
});

test('--only takes workloads and peers, --quick measures once', () => {
  const { repeats, only } = optionsOf(['--quick', '--only', 'lockstep,bun'], names);
  assert.deepEqual([repeats, only], [1, ['lockstep', 'bun']]);
});

for (const [args, says] of [
  [['--only', 'lokstep'], /no "lokstep"; there are lockstep, storm, chinwag, bun/],
  [['--only', 'storm,'], /no ""/],
  [['--repeats', 'many'], /--repeats takes a number/],
  [['--repeats', '0'], /--repeats takes a number/],
  [['--keep', '--quick'], /too little to keep/],
  [['--quikc'], /--quikc/],
] as const) {
  test(`${args.join(' ')} is refused: it would measure something else, or nothing`, () => {
    assert.throws(() => optionsOf(args, names), says);
  });
}
