/** Text being written, and where the caret stands in it: at a border between two graphemes. */
export type Editor = { readonly text: string; readonly caret: number };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

export function editorOf(text: string): Editor {
  return { text, caret: text.length };
}

export function insert({ text, caret }: Editor, added: string): Editor {
  const before = text.slice(0, caret) + added;
  return { text: before + text.slice(caret), caret: before.length };
}

/** The editor with the text between its caret and `to` taken out, on either side. */
export function cut({ text, caret }: Editor, to: number): Editor {
  const [from, end] = to < caret ? [to, caret] : [caret, to];
  return { text: text.slice(0, from) + text.slice(end), caret: from };
}

export function moved(editor: Editor, caret: number): Editor {
  return { ...editor, caret };
}

/** Where one grapheme to the left of the caret is. */
export function left({ text, caret }: Editor): number {
  if (caret === 0) return 0;
  // A grapheme does not reach over a line break, so no more than the line needs looking at.
  const from = Math.min(text.lastIndexOf('\n', caret - 1), caret - 1);
  const start = Math.max(0, from);
  let last = start;
  for (const { index } of graphemes.segment(text.slice(start, caret))) last = start + index;
  return last;
}

export function right({ text, caret }: Editor): number {
  const [next] = graphemes.segment(text.slice(caret));
  return caret + (next?.segment.length ?? 0);
}

/** Where the word to the left of the caret begins. */
export function wordLeft({ text, caret }: Editor): number {
  let start = 0;
  for (const { index, isWordLike } of words.segment(text.slice(0, caret))) {
    if (isWordLike === true) start = index;
  }
  return start;
}

/** Where the word to the right of the caret ends. */
export function wordRight({ text, caret }: Editor): number {
  for (const { index, segment, isWordLike } of words.segment(text.slice(caret))) {
    if (isWordLike === true) return caret + index + segment.length;
  }
  return text.length;
}

export function lineStart({ text, caret }: Editor): number {
  return caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
}

export function lineEnd({ text, caret }: Editor): number {
  const end = text.indexOf('\n', caret);
  return end === -1 ? text.length : end;
}

/** Where the caret goes one line up, or undefined on the first. */
export function lineUp(editor: Editor): number | undefined {
  const start = lineStart(editor);
  if (start === 0) return undefined;
  const above = lineStart(moved(editor, start - 1));
  return atGrapheme(editor.text, above, start - 1, editor.caret - start);
}

/** Where the caret goes one line down, or undefined on the last. */
export function lineDown(editor: Editor): number | undefined {
  const end = lineEnd(editor);
  if (end === editor.text.length) return undefined;
  const below = moved(editor, end + 1);
  return atGrapheme(editor.text, end + 1, lineEnd(below), editor.caret - lineStart(editor));
}

/** The last border between graphemes of a line that is at most `offset` into it. */
function atGrapheme(text: string, from: number, to: number, offset: number): number {
  let at = from;
  for (const { index, segment } of graphemes.segment(text.slice(from, to))) {
    if (index + segment.length > offset) return from + index;
    at = from + index + segment.length;
  }
  return at;
}
