const LAST = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/** Every code point there is but NUL and the surrogates, in texts of `size` of them. */
export function allCharacters(size: number): string[] {
  const texts: string[] = [];
  let text: string[] = [];
  for (let point = 1; point <= LAST; point += 1) {
    if (point === FIRST_SURROGATE) point = LAST_SURROGATE + 1;
    text.push(String.fromCodePoint(point));
    if (text.length < size && point < LAST) continue;
    texts.push(text.join(''));
    text = [];
  }
  return texts;
}
