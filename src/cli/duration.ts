const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The milliseconds in `500ms`, `1.5s`, `30m`, `1h` or `2d`; undefined for what is no such time. */
export function millisecondsIn(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6}(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const [, each] = Object.entries(UNITS).find(([name]) => name === unit) ?? [];
  return each === undefined ? undefined : Number(number) * each;
}
