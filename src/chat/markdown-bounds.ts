/**
 * What the parser takes in one message. Its time grows with the square of these, and its stack
 * with the depth; what nobody writes by hand is shown as it stands instead. The text in fences
 * costs nothing of the kind and may be anything.
 */
const bounds = {
  chars: 8_000,
  lines: 400,
  /** Quotes and lists within each other, by marks or by indentation. */
  depth: 8,
  /** The lines, each as often as the deepest quote or list above it is deep. */
  nested: 200,
  emphases: 200,
  brackets: 120,
  /** Whatever else may begin something. */
  others: 400,
} as const;

const OPENING = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const CLOSING = /^ {0,3}(`{3,}|~{3,}) *$/;
const CONTAINERS = /^(?: *(?:>|[-+*](?= |$)|\d{1,9}[.)](?= |$)))*/;
const CONTAINER = />|[-+*]|\d[.)]/g;
const INDENT = 2;

/** Whether a stripped text is one that the parser reads at once. */
export function isWithinBounds(text: string): boolean {
  if (text.length > bounds.chars) return false;
  let [lines, deepest, nested, emphases, brackets, others] = [0, 0, 0, 0, 0, 0];
  let fence = '';
  for (const line of text.split('\n')) {
    if (fence !== '') {
      const closing = CLOSING.exec(line)?.[1] ?? '';
      if (closing.startsWith(fence)) fence = '';
      continue;
    }
    const opening = OPENING.exec(line);
    if (opening !== null) {
      fence = opening[1] ?? opening[2] ?? '';
      continue;
    }
    lines += 1;
    // Lines without a mark may belong to what is open above them.
    deepest = Math.max(deepest, depthOf(line));
    nested += deepest;
    emphases += countOf(line, /[*_~]/g);
    brackets += countOf(line, /[[\]]/g);
    others += countOf(line, /[`<!@\\]/g);
  }
  return (
    lines <= bounds.lines &&
    deepest <= bounds.depth &&
    nested <= bounds.nested &&
    emphases <= bounds.emphases &&
    brackets <= bounds.brackets &&
    others <= bounds.others
  );
}

function depthOf(line: string): number {
  const [containers = ''] = CONTAINERS.exec(line) ?? [];
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  return countOf(containers, CONTAINER) + Math.floor(spaces / INDENT);
}

function countOf(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
