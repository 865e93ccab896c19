const AT_START = 8;
const AT_WORD = 5;
const IN_A_ROW = 4;
const LONGEST_GAP = 5;

/**
 * How well what was typed fits a text: undefined where its letters are not all there, in their
 * order; otherwise the higher the better. Letters at the beginning of words, and next to each
 * other, count for more.
 */
export function fuzzy(typed: string, text: string): number | undefined {
  const wanted = typed.toLowerCase().replace(/\s+/g, '');
  const there = text.toLowerCase();
  let score = 0;
  let last = -1;
  for (const letter of wanted) {
    const at = there.indexOf(letter, last + 1);
    if (at === -1) return undefined;
    if (at === 0) score += AT_START;
    else if (/[^\p{L}\p{N}]/u.test(there[at - 1] ?? '')) score += AT_WORD;
    if (at === last + 1) score += IN_A_ROW;
    else score -= Math.min(LONGEST_GAP, at - last);
    last = at;
  }
  return score - text.length / 100;
}
