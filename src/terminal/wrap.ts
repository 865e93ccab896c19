import type { Line, Span } from './line.ts';
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
  let word: Piece[] = [];
  // A copy of each: one that is in the line twice is two.
  for (const span of spans.map((one) => ({ ...one }))) {
    for (const [text] of span.text.matchAll(/\n| +|[^\n ]+/g)) {
      if (text !== '\n' && !text.startsWith(' ')) {
        word.push({ text, span });
        continue;
      }
      page.addWord(word);
      word = [];
      if (text === '\n') page.endLine();
      else page.addBlanks({ text, span });
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

/** Some text of a span, which it is joined with again, and with no other, where a line goes on. */
type Piece = { readonly text: string; readonly span: Span };

const MARGIN: Span = { text: ' ', style: {} };

/** Fills one line after the other. */
class Page {
  readonly lines: Line[] = [];
  readonly #width: number;
  readonly #indent: number;
  #line: Span[] = [];
  /** What stands on the line of the span that was written last. */
  #text = '';
  #span = MARGIN;
  #used = 0;
  /** Blanks are written only once a word follows them on the same line. */
  #blanks: Piece[] = [];

  constructor(width: number, indent: number) {
    this.#width = width;
    this.#indent = indent;
  }

  addBlanks(blanks: Piece): void {
    this.#blanks.push(blanks);
  }

  /** A word of one or more styles. */
  addWord(word: readonly Piece[]): void {
    if (word.length === 0) return;
    const width = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    const blanks = this.#blanks.reduce((sum, { text }) => sum + text.length, 0);
    if (this.#used + blanks + width <= this.#width) {
      for (const piece of this.#blanks) this.#put(piece, piece.text.length);
      for (const piece of word) this.#put(piece, widthOf(piece.text));
    } else {
      if (this.#used > this.#start || blanks > 0) this.#turn();
      for (const piece of word) this.#addLong(piece);
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

  #addLong({ text, span }: Piece): void {
    let run = '';
    let runWidth = 0;
    for (const grapheme of graphemesOf(text)) {
      const { width } = show(grapheme);
      if (this.#used + runWidth + width > this.#width && this.#used + runWidth > this.#start) {
        this.#put({ text: run, span }, runWidth);
        this.endLine();
        run = '';
        runWidth = 0;
      }
      run += grapheme;
      runWidth += width;
    }
    this.#put({ text: run, span }, runWidth);
  }

  #put({ text, span }: Piece, width: number): void {
    if (span !== this.#span) this.#endSpan();
    this.#text += text;
    this.#span = span;
    this.#used += width;
  }

  #endSpan(): void {
    if (this.#text !== '') this.#line.push({ text: this.#text, style: this.#span.style });
    this.#text = '';
  }

  #indentLine(): void {
    if (this.#indent > 0) {
      this.#put({ text: MARGIN.text.repeat(this.#indent), span: MARGIN }, this.#indent);
    }
  }
}
