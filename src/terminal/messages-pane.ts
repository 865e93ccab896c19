import { highlighted } from './highlight.ts';
import type { Line } from './line.ts';
import { fitLine, restyled } from './line-of.ts';
import { topOf } from './scroll.ts';
import type { Sight } from './sight.ts';
import { here, type Layer, type State } from './state.ts';

/** The messages in sight: exactly `rows` lines, the latest at the bottom. */
export function messagesPane(state: State, sight: Sight, rows: number): Line[] {
  const { layer, look } = state;
  const top = topOf(here(state).scroll, sight, rows);
  const marked = layer.kind === 'choosing' ? layer.key : hitOf(layer);
  const width = sight.layout.messagesWidth;
  const words = layer.kind === 'searching' ? layer.field.editor.text.trim() : '';
  const lines: Line[] = [];
  for (let index = top.index; index < sight.count && lines.length < rows; index += 1) {
    const from = index === top.index ? top.line : 0;
    const key = sight.key(index);
    for (const line of sight.lines(index).slice(from, from + rows - lines.length)) {
      const found = words === '' ? line : highlighted(line, words, look.theme.match);
      lines.push(key === marked ? restyled(fitLine(found, width), look.theme.selection) : found);
    }
  }
  return [...Array.from({ length: rows - lines.length }, (): Line => []), ...lines];
}

/** The match that has come up. */
function hitOf(layer: Layer): string | undefined {
  return layer.kind === 'searching' ? layer.hits[layer.at] : undefined;
}
