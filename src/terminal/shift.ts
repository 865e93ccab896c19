import type { Ink } from './ink.ts';
import { distance, emptyRow, type Row } from './row.ts';

/** Rows `top` to `bottom` move up by `by`, or down where it is negative; empty ones come in. */
export type Shift = { readonly top: number; readonly bottom: number; readonly by: number };

/** What it takes to say so, in bytes. */
const COST = 24;

/** The move after which fewer columns are to be written, if one is worth its words. */
export function shiftBetween(
  before: readonly Row[],
  after: readonly Row[],
  ink: Ink,
): Shift | undefined {
  const by = commonMove(before, after, ink);
  if (by === undefined) return undefined;
  const moved = after.flatMap((row, index) => {
    const from = before[index + by];
    return from !== undefined && sharesLandmark(from, row) ? [index] : [];
  });
  const [first, last] = [moved[0], moved.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const shift = { top: Math.min(first, first + by), bottom: Math.max(last, last + by), by };
  const shifted = applyShift(before, shift);
  return total(shifted, after, ink) + COST < total(before, after, ink) ? shift : undefined;
}

export function applyShift(rows: readonly Row[], { top, bottom, by }: Shift): Row[] {
  return rows.map((row, index) => {
    if (index < top || index > bottom) return row;
    const from = index + by;
    return (from < top || from > bottom ? undefined : rows[from]) ?? emptyRow;
  });
}

/** By how many rows most of what can be known again has moved. */
function commonMove(before: readonly Row[], after: readonly Row[], ink: Ink): number | undefined {
  const places = new Map<string, number>();
  for (const [index, row] of before.entries()) {
    for (const landmark of row.landmarks) places.set(landmark, index);
  }
  const votes = new Map<number, number>();
  for (const [index, row] of after.entries()) {
    const here = before[index];
    if (here === undefined || distance(here, row, ink) === 0) continue;
    for (const landmark of row.landmarks) {
      const place = places.get(landmark);
      if (place === undefined || place === index) continue;
      votes.set(place - index, (votes.get(place - index) ?? 0) + landmark.length);
    }
  }
  return [...votes].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function sharesLandmark(one: Row, other: Row): boolean {
  return other.landmarks.some((landmark) => one.landmarks.includes(landmark));
}

function total(before: readonly Row[], after: readonly Row[], ink: Ink): number {
  return after.reduce((sum, row, index) => sum + distance(before[index] ?? emptyRow, row, ink), 0);
}
