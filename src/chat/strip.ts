/** What a screen would obey instead of show: control characters, and what turns directions. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** The text as it can be shown anywhere. Line breaks stay, tabs become spaces. */
export function strip(text: string): string {
  return text.replace(OBEYED, (character) => {
    if (character === '\n') return character;
    return character === '\t' ? ' ' : '';
  });
}
