import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** Draws the icons of the browser client: a word in a bubble, and a dot where something waits. */

type Shape = { readonly fill: string } & (
  | {
      readonly kind: 'box';
      readonly at: readonly [number, number, number, number];
      readonly radius: number;
    }
  | { readonly kind: 'dot'; readonly at: readonly [number, number]; readonly radius: number }
  | { readonly kind: 'corner'; readonly points: readonly (readonly [number, number])[] }
);

const SIZE = 64;
/** Each pixel is asked this many times each way, for smooth edges. */
const FINE = 4;

const green = '#1f6a53';
const white = '#ffffff';
const icon: readonly Shape[] = [
  { kind: 'box', at: [0, 0, SIZE, SIZE], radius: 14, fill: green },
  {
    kind: 'corner',
    points: [
      [18, 38],
      [18, 54],
      [34, 42],
    ],
    fill: white,
  },
  { kind: 'box', at: [11, 14, 42, 29], radius: 10, fill: white },
  { kind: 'dot', at: [22, 28.5], radius: 3.4, fill: green },
  { kind: 'dot', at: [32, 28.5], radius: 3.4, fill: green },
  { kind: 'dot', at: [42, 28.5], radius: 3.4, fill: green },
];
const waiting: readonly Shape[] = [
  ...icon,
  { kind: 'dot', at: [51, 13], radius: 13, fill: white },
  { kind: 'dot', at: [51, 13], radius: 10, fill: '#d6402b' },
];

const folder = new URL('../src/web/public/', import.meta.url);
writeFileSync(new URL('icon.svg', folder), svg(icon));
writeFileSync(new URL('icon-waiting.svg', folder), svg(waiting));
for (const pixels of [192, 512])
  writeFileSync(new URL(`icon-${pixels}.png`, folder), png(icon, pixels));

function svg(shapes: readonly Shape[]): string {
  const box = `0 0 ${SIZE} ${SIZE}`;
  const drawn = shapes.map(element).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><title>chinwag</title>${drawn}</svg>\n`;
}

function element(shape: Shape): string {
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.at;
      const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
      return `<rect ${place} rx="${shape.radius}" fill="${shape.fill}"/>`;
    }
    case 'dot': {
      const [x, y] = shape.at;
      return `<circle cx="${x}" cy="${y}" r="${shape.radius}" fill="${shape.fill}"/>`;
    }
    case 'corner': {
      const points = shape.points.map((point) => point.join(' '));
      return `<path d="M${points.join('L')}Z" fill="${shape.fill}"/>`;
    }
  }
}

function png(shapes: readonly Shape[], pixels: number): Buffer {
  const rows: number[] = [];
  for (let y = 0; y < pixels; y += 1) {
    // Each row begins with how it is filtered: not at all.
    rows.push(0);
    for (let x = 0; x < pixels; x += 1) rows.push(...colourAt(shapes, x, y, SIZE / pixels));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  // 8 bits for each of red, green, blue and alpha.
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows), { level: 9 });
  return Buffer.concat([
    signature,
    part('IHDR', head),
    part('IDAT', data),
    part('IEND', Buffer.alloc(0)),
  ]);
}

function part(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function colourAt(shapes: readonly Shape[], x: number, y: number, scale: number): number[] {
  const sum = [0, 0, 0];
  let hits = 0;
  for (let n = 0; n < FINE * FINE; n += 1) {
    const across = (x + ((n % FINE) + 0.5) / FINE) * scale;
    const down = (y + (Math.floor(n / FINE) + 0.5) / FINE) * scale;
    const shape = shapes.findLast((one) => isIn(one, across, down));
    if (shape === undefined) continue;
    hits += 1;
    const colour = Number.parseInt(shape.fill.slice(1), 16);
    for (const [index, shift] of [16, 8, 0].entries()) {
      sum[index] = (sum[index] ?? 0) + ((colour >> shift) & 255);
    }
  }
  return [
    ...sum.map((part) => Math.round(part / Math.max(1, hits))),
    Math.round((hits * 255) / FINE ** 2),
  ];
}

function isIn(shape: Shape, x: number, y: number): boolean {
  switch (shape.kind) {
    case 'box': {
      const [left, top, width, height] = shape.at;
      const { radius } = shape;
      const across = Math.max(left + radius - x, x - (left + width - radius), 0);
      const down = Math.max(top + radius - y, y - (top + height - radius), 0);
      return Math.hypot(across, down) <= radius;
    }
    case 'dot':
      return Math.hypot(x - shape.at[0], y - shape.at[1]) <= shape.radius;
    case 'corner': {
      const sides = shape.points.map(([ax, ay], index) => {
        const [bx, by] = shape.points[(index + 1) % shape.points.length] ?? [0, 0];
        return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
      });
      return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
    }
  }
}
