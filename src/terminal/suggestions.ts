import { complete, speakers } from '../chat/completion.ts';
import { strip } from '../chat/strip.ts';
import { goalsOf } from './finding.ts';
import type { Line } from './line.ts';
import { fitLine, restyled, shorten, span } from './line-of.ts';
import { here, type State } from './state.ts';
import type { Theme } from './theme.ts';
import { widthOf } from './width.ts';

type Suggestion = { readonly label: string; readonly detail: string };

/** What could be chosen just now, as a list above the field: at most `rows` lines. */
export function suggestionLines(state: State, rows: number): Line[] {
  const { look, size } = state;
  const { all, chosen } = suggestions(state);
  if (all.length === 0) return [];
  const height = Math.max(1, Math.min(rows, 10));
  const from = Math.max(0, Math.min((chosen ?? 0) - height + 1, all.length - height));
  const shown = all.slice(from, from + height);
  const labelWidth = Math.min(
    Math.floor(size.columns / 2),
    Math.max(...shown.map(({ label }) => widthOf(label))),
  );
  return shown.map((one, index) => {
    const line = suggestionLine(one, labelWidth, size.columns, look.theme);
    return from + index === chosen ? restyled(line, look.theme.selection) : line;
  });
}

function suggestions(state: State): {
  readonly all: readonly Suggestion[];
  readonly chosen: number | undefined;
} {
  const { layer, completion } = state;
  if (layer.kind === 'finding') return { all: goalsOf(state), chosen: layer.chosen };
  if (layer.kind !== 'none') return { all: [], chosen: undefined };
  if (completion !== undefined && completion.completion.candidates.length > 1) {
    return { all: completion.completion.candidates, chosen: completion.index };
  }
  return { all: typedSuggestions(state), chosen: undefined };
}

/** What a slash, `@`, `#` or `:` at the caret begins. */
function typedSuggestions(state: State): readonly Suggestion[] {
  const { timeline, me, entries, listed, look } = state;
  const { text, caret } = here(state).composer.editor;
  if (state.completion !== undefined || !/(^\/|[@#:])\S*$/.test(text.slice(0, caret))) return [];
  const found = complete(text, caret, {
    where: 'terminal',
    members: speakers(timeline, me?.name ?? ''),
    rooms: [...new Set([...entries, ...listed].map(({ room }) => room))],
    emoji: look.emoji,
  });
  return found === undefined || found.kind === 'bareName' ? [] : found.candidates;
}

function suggestionLine(
  { label, detail }: Suggestion,
  labelWidth: number,
  width: number,
  theme: Theme,
): Line {
  const name = shorten(strip(label), labelWidth);
  const gap = ' '.repeat(labelWidth - widthOf(name) + 2);
  const about = shorten(strip(detail).replace(/\s+/g, ' '), Math.max(0, width - labelWidth - 4));
  return fitLine([span(` ${name}${gap}`, theme.prompt), span(about, theme.dim)], width);
}
