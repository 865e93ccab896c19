const DEGREES = 360;

/**
 * A whole number from 0 to 359 that is always the same for a name, in any case. Names spread
 * evenly over it, so that it can be an angle of colour or an index: `hue * colours / 360`.
 */
export function hue(name: string): number {
  // FNV-1a, and a last stir: names that differ in their last letter alone must not be neighbours.
  let hash = 0x811c9dc5;
  for (const character of name.toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % DEGREES;
}
