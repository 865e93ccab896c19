/** How a file may be packed: its ending beside the plain one, and its name in HTTP. Smallest first. */
const PACKINGS = [
  { ending: '.br', name: 'br' },
  { ending: '.gz', name: 'gzip' },
] as const;

export type Packing = (typeof PACKINGS)[number];

const QUALITY = /^q=((?:0(?:\.\d{0,3})?)|(?:1(?:\.0{0,3})?))$/;

/**
 * The packings that an `Accept-Encoding` takes, most wanted first; among equals the smallest.
 * What it says in a way that nobody can read, it does not take.
 */
export function packingsFor(accepted = ''): readonly Packing[] {
  const wanted = new Map<string, number>();
  for (const one of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim());
    wanted.set(name, qualityOf(parameters));
  }
  const quality = ({ name }: Packing) => wanted.get(name) ?? wanted.get('*') ?? 0;
  const plain = wanted.get('identity') ?? 0;
  return PACKINGS.filter((packing) => quality(packing) > 0 && quality(packing) >= plain).toSorted(
    (one, other) => quality(other) - quality(one),
  );
}

function qualityOf(parameters: readonly string[]): number {
  const [parameter, ...more] = parameters;
  if (parameter === undefined) return 1;
  return more.length > 0 ? 0 : Number(QUALITY.exec(parameter)?.[1] ?? 0);
}
