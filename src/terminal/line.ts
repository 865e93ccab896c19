/** One of the 256 colours of xterm's palette; 0 to 15 are whatever the person's terminal makes of them. */
export type Colour = number;

/** How a piece of text looks. What is left out is as the terminal has it. */
export type Style = {
  readonly foreground?: Colour;
  readonly background?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
};

/** Text of one style. It holds no control character: whoever makes a span has stripped it. */
export type Span = { readonly text: string; readonly style: Style };

/** One row of a screen, from its left edge. What is wider than the screen is cut off. */
export type Line = readonly Span[];
