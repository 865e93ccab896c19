/**
 * What a person did at the keyboard.
 *
 * A key is named by its modifiers in the order ctrl, alt, shift and the key, with hyphens:
 * `enter`, `alt-enter`, `shift-tab`, `ctrl-k`, `alt-1`, `alt-shift-a`, `ctrl-space`, `f1`, `up`,
 * `pageup`, `home`, `insert`, `backspace`, `delete`, `escape`. Text is what would be typed, whole
 * graphemes where the terminal sent them so. A paste is all of what stood between the brackets,
 * whatever it took to arrive, with `\n` for its line breaks; of one over a million bytes the rest
 * is left out. Neither text nor a paste holds a control character but `\n` and `\t` in a paste.
 */
export type Input =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string };
