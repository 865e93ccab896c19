import assert from 'node:assert/strict';
import test from 'node:test';
import { chart } from '../../bench/chart.ts';
import { type Findings, type Measurement, spread } from '../../bench/measurement.ts';
import { report } from '../../bench/report.ts';

function run(peer: string, deliveriesPerSecond: number, ...wrong: string[]): Measurement {
  const values = { deliveriesPerSecond };
  const when = { begun: '2026-01-02T03:04:05.000Z', commit: 'abc' };
  return { workload: 'saturation-100', peer, repeat: 1, values, generatorCpu: 0.5, wrong, ...when };
}

function findings(...measurements: Measurement[]): Findings {
  const where = { machine: 'm', versions: 'v', commit: 'c', command: 'npm run bench', date: 'd' };
  const skips = [{ workload: 'rooms', peer: 'demo-loop', why: 'it has no rooms' }];
  return { ...where, repeats: 3, measurements, skips };
}

const own = [run('chinwag', 3_000), run('chinwag', 1_000), run('chinwag', 2_000)];

test('the median is the middle one, or the mean of the two in the middle', () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 });
  assert.deepEqual(spread([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 });
  assert.equal(spread([]), undefined);
});

test('a row has the median, the least and the most, and says what is durable', () => {
  const text = report(findings(...own, run('bun', 4_000)));
  assert.match(text, /\| chinwag \| yes \| 2,000 \(1,000–3,000\) \|/);
  assert.match(text, /\| bun \| no \| 4,000 \|/);
});

test('a table says when and on which commit it was measured', () => {
  const later = { ...run('bun', 4_000), begun: '2026-01-02T03:09:05.000Z' };
  const text = report(findings(...own, later));
  assert.match(text, /Measured on 2026-01-02 from 03:04 to 03:09 UTC, commit abc\./);
});

test('where runs overlap it is neither a gain nor a loss', () => {
  const touching = [run('bun', 3_000), run('bun', 9_000)];
  const text = report(findings(...own, ...touching, run('socketio', 999)));
  assert.match(text, /Better than socketio \(1 of 3 runs count\) 2\.0×\. Level with bun/);
  assert.match(text, /No peer was ahead of chinwag/);
});

test('less is better where the column says so, in gains, losses and levels', () => {
  const rate = (peer: string, p99: number): Measurement => {
    return { ...run(peer, 0), workload: 'rate-100x1000', values: { p99 } };
  };
  const others = [rate('bun', 1), rate('ws-naive', 8), rate('socketio', 5)];
  const text = report(findings(rate('chinwag', 4), rate('chinwag', 5), ...others));
  assert.match(text, /4\.50 p99 ms \(2 of 3 runs count\)\. Better than ws-naive [^.]*1\.8×\./);
  assert.match(text, /Level with socketio [^.]*\. Behind: bun [^.]* is 4\.5× better\./);
});

test('losses are told as well as gains', () => {
  const text = report(findings(...own, run('bun', 4_000), run('ws-naive', 500)));
  assert.match(text, /Better than ws-naive [^.]* 4\.0×\. Behind: bun [^.]* is 2\.0× better\./);
  assert.match(text, /Some peer is ahead in 1 of 1/);
});

test('a void run counts for nothing and is said to be void', () => {
  const text = report(findings(...own, run('chinwag', 9_000, '1 messages missing')));
  assert.match(text, /2,000 \(1,000–3,000\).*\| 1 void: 1 messages missing; it showed 9,000/);
  const all = report(findings(...own, run('bun', 4_000, 'the generator was the limit')));
  assert.match(all, /Every run void: bun\./);
});

test('a row says how many runs it stands on, but where that is all of them', () => {
  const text = report(findings(...own, run('bun', 4_000), run('bun', 1, 'lost')));
  assert.match(text, /\| chinwag .*\| {2}\|\n/);
  assert.match(
    text,
    /\| bun \| no \| 4,000 \|.*\| 1 of 3 runs count; 1 void: lost; it showed 1 \|/,
  );
});

test('nothing of a void run is in any number, the generator’s share neither', () => {
  const bad = { ...run('bun', 8_000, 'the generator was the limit'), generatorCpu: 0.99 };
  const text = report(findings(...own, run('bun', 4_000), bad));
  assert.match(text, /\| bun \| no \| 4,000 \|[^%]*\| 50% \|/);
  assert.match(
    report(findings(...own, bad)),
    /\| bun \| no \| {2}\|[^%]*\| {2}\| 0 of 3 runs count; 1 void/,
  );
});

test('what was left out is said', () => {
  const text = report(findings(...own));
  assert.match(text, /- rooms: it has no rooms \(demo-loop\)/);
  assert.match(text, /- storm: not run \(5,000 members/, 'whatever the reason was');
});

test('the chart has a bar for each peer with a good run, as long as its median', () => {
  const svg = chart(findings(...own, run('bun', 4_000), run('socketio', 1, 'void')));
  const widths = [...svg.matchAll(/width="([\d.]+)" height="15"/g)].map(([, width]) =>
    Number(width),
  );
  assert.deepEqual(widths, [250, 500]);
  assert.doesNotMatch(svg, /socketio/);
});
