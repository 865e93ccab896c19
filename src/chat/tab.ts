import { type Completion, type CompletionSources, complete } from './completion.ts';

/** A completion that Tab goes through, and the text with the candidate it has come to. */
export interface Cycle {
  readonly text: string;
  readonly caret: number;
  readonly completion: Completion;
  readonly index: number;
  /** What stood there before. */
  readonly written: string;
}

/** `text` with one of the candidates put in. A list that was clicked uses it as it is. */
export function choose(text: string, completion: Completion, index: number): Cycle {
  const insert = completion.candidates[index]?.insert ?? '';
  const after = text.slice(completion.end);
  const room = insert.endsWith(' ') && after.startsWith(' ') ? insert.trimEnd() : insert;
  return {
    text: text.slice(0, completion.start) + room + after,
    caret: completion.start + insert.length,
    completion,
    index,
    written: text,
  };
}

/**
 * What Tab (`by` 1) or shift-Tab (`by` -1) makes of a text. Pass the cycle that the last Tab gave:
 * as long as nothing was written since, the next candidate takes the place of the last one.
 */
export function tab(
  last: Cycle | undefined,
  text: string,
  caret: number,
  by: 1 | -1,
  sources: CompletionSources,
): Cycle | undefined {
  if (last !== undefined && last.text === text && last.caret === caret) {
    const { completion, index, written } = last;
    const many = completion.candidates.length;
    return choose(written, completion, (index + by + many) % many);
  }
  const completion = complete(text, caret, sources);
  if (completion === undefined) return undefined;
  return choose(text, completion, by === 1 ? 0 : completion.candidates.length - 1);
}
