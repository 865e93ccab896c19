import type { Line, Span, Style } from './line.ts';
import { graphemesOf, show, widthOf } from './width.ts';

/**
 * The spans as lines of at most `width` columns, broken after words, and within a word only where
 * it is wider than a line. From the second line on `indent` columns are left free, but never more
 * than half of the width. A line break in a text ends a line; blanks at a break are left out. No
 * grapheme goes on in the next span.
 */
export function wrap(spans: Line, width: number, indent = 0): Line[] {
  const room = Math.max(1, width);
  if (fits(spans, room)) return [spans];
  // A wide character needs two columns.
  const free = Math.max(0, Math.min(indent, Math.floor(room / 2), room - 2));
  const page = new Page(room, free);
  let word: Span[] = [];
  for (const { text, style } of spans) {
    for (const [piece] of text.matchAll(/\n| +|[^\n ]+/g)) {
      if (piece !== '\n' && !piece.startsWith(' ')) {
        word.push({ text: piece, style });
        continue;
      }
      page.addWord(word);
      word = [];
      if (piece === '\n') page.endLine();
      else page.addBlanks({ text: piece, style });
    }
  }
  page.addWord(word);
  page.endLine();
  return page.lines;
}

/** Whether it is one line as it stands, which is most of what people say. */
function fits(spans: Line, width: number): boolean {
  let used = 0;
  for (const { text } of spans) {
    // A long one need not be measured: four characters for a column are rare.
    if (text.length > 4 * width || text.includes('\n')) return false;
    used += widthOf(text);
  }
  return used <= width && spans.at(-1)?.text.endsWith(' ') === false;
}

/** Fills one line after the other. */
class Page {
  readonly lines: Line[] = [];
  readonly #width: number;
  readonly #indent: number;
  #line: Span[] = [];
  /** The span that is being filled. */
  #text = '';
  #style: Style = {};
  #used = 0;
  /** Blanks are written only once a word follows them on the same line. */
  #blanks: Span[] = [];

  constructor(width: number, indent: number) {
    this.#width = width;
    this.#indent = indent;
  }

  addBlanks(blanks: Span): void {
    this.#blanks.push(blanks);
  }

  /** A word of one or more styles. */
  addWord(word: readonly Span[]): void {
    if (word.length === 0) return;
    const width = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    const blanks = this.#blanks.reduce((sum, { text }) => sum + text.length, 0);
    if (this.#used + blanks + width <= this.#width) {
      for (const span of this.#blanks) this.#put(span.text, span.style, span.text.length);
      for (const span of word) this.#put(span.text, span.style, widthOf(span.text));
    } else {
      if (this.#used > this.#start || blanks > 0) this.#turn();
      for (const span of word) this.#addLong(span);
    }
    this.#blanks = [];
  }

  endLine(): void {
    this.#endSpan();
    this.lines.push(this.#line);
    this.#line = [];
    this.#used = 0;
    this.#blanks = [];
    this.#indentLine();
  }

  get #start(): number {
    return this.lines.length === 0 ? 0 : this.#indent;
  }

  #turn(): void {
    if (this.#used > 0) this.endLine();
    this.#blanks = [];
  }

  #addLong({ text, style }: Span): void {
    let run = '';
    let runWidth = 0;
    for (const grapheme of graphemesOf(text)) {
      const { width } = show(grapheme);
      if (this.#used + runWidth + width > this.#width && this.#used + runWidth > this.#start) {
        this.#put(run, style, runWidth);
        this.endLine();
        run = '';
        runWidth = 0;
      }
      run += grapheme;
      runWidth += width;
    }
    this.#put(run, style, runWidth);
  }

  #put(text: string, style: Style, width: number): void {
    if (style !== this.#style) this.#endSpan();
    this.#text += text;
    this.#style = style;
    this.#used += width;
  }

  #endSpan(): void {
    if (this.#text !== '') this.#line.push({ text: this.#text, style: this.#style });
    this.#text = '';
  }

  #indentLine(): void {
    if (this.#indent > 0) this.#put(' '.repeat(this.#indent), {}, this.#indent);
  }
}
