import { strip } from '../chat/strip.ts';
import { fieldOf } from './field.ts';
import { fieldLines } from './field-lines.ts';
import type { Layout } from './layout.ts';
import type { Line, Style } from './line.ts';
import { fitLine, span } from './line-of.ts';
import { membersPane } from './members-pane.ts';
import { ofEach } from './memo.ts';
import { messagesPane } from './messages-pane.ts';
import { pageHeight, pageLines } from './page.ts';
import { roomsPane } from './rooms-pane.ts';
import type { Caret, Frame } from './screen.ts';
import { type Sight, sightOf } from './sight.ts';
import type { State } from './state.ts';
import { saidAbove, statusLine } from './status.ts';
import { suggestionLines } from './suggestions.ts';
import { titleLine } from './title.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** The whole screen. */
export function view(state: State): Frame {
  const { layer } = state;
  if (layer.kind === 'reading') return readingFrame(state, layer);
  const sight = sightOf(state);
  const { bodyRows, composerRows } = sight.layout;
  const field = fieldRows(state, composerRows);
  const body =
    layer.kind === 'naming' ? welcome(state, layer.why, bodyRows) : bodyLines(state, sight);
  const above = overBody(state, bodyRows);
  const lines = [
    titleLine(state),
    ...body.slice(0, bodyRows - above.length),
    ...above,
    statusLine(state),
    ...field.lines,
  ];
  const row = 1 + bodyRows + 1 + field.caret.row;
  const caret = layer.kind === 'choosing' ? undefined : { row, column: field.caret.column };
  return { lines, caret };
}

/** Rooms, messages and people beside each other. */
function bodyLines(state: State, sight: Sight): Line[] {
  const { roomsWidth, membersWidth, bodyRows } = sight.layout;
  const messages = messagesPane(state, sight, bodyRows);
  if (roomsWidth === 0 && membersWidth === 0) return messages;
  const rooms = roomsWidth === 0 ? [] : roomsPane(state, roomsWidth - 2, bodyRows);
  const members = membersWidth === 0 ? [] : membersPane(state, membersWidth - 2, bodyRows);
  return messages.map((line, index) =>
    beside(line, rooms[index], members[index], sight.layout, state.look.theme.border),
  );
}

/** The same line for the same parts: what stays on the screen need not be drawn again. */
const beside = ofEach(
  (
    line: Line,
    room: Line | undefined,
    member: Line | undefined,
    { roomsWidth, membersWidth, messagesWidth }: Layout,
    border: Style,
  ): Line => [
    ...(roomsWidth === 0 ? [] : [...fitLine(room ?? [], roomsWidth - 2), span('│ ', border)]),
    ...(membersWidth === 0 ? line : fitLine(line, messagesWidth)),
    ...(membersWidth === 0 ? [] : [span(' │', border), ...(member ?? [])]),
  ],
);

/** What covers the last lines of the body: something to choose from, or a long sentence. */
function overBody(state: State, bodyRows: number): readonly Line[] {
  const { size, look, said } = state;
  const most = Math.max(1, bodyRows - 2);
  const text = saidAbove(state);
  if (text === undefined) return suggestionLines(state, most);
  const style = said?.isBad === true ? look.theme.error : look.theme.warning;
  const lines = wrap([span(strip(text), style)], Math.max(1, size.columns - 2));
  return lines.slice(0, most).map((line) => fitLine([span(' '), ...line], size.columns));
}

/** What is being written, behind what says where it goes: the rows around the caret. */
function fieldRows(state: State, rows: number): { readonly lines: Line[]; readonly caret: Caret } {
  const { prompt, composer } = fieldOf(state);
  const indent = widthOf(prompt.text);
  const width = Math.max(1, state.size.columns - indent);
  const { lines, caret } = fieldLines(composer.editor, width);
  const from = Math.max(0, Math.min(caret.row - rows + 1, lines.length - rows));
  const shown = lines.slice(from, from + rows).map((line, index): Line => {
    return from + index === 0 ? [prompt, ...line] : [span(' '.repeat(indent)), ...line];
  });
  return { lines: shown, caret: { row: caret.row - from, column: indent + caret.column } };
}

function readingFrame(
  state: State,
  { page, top }: Extract<State['layer'], { kind: 'reading' }>,
): Frame {
  const { size, look } = state;
  const { theme } = look;
  const height = pageHeight(size);
  const lines = pageLines(page, size, theme);
  const shown = lines.slice(top, top + height);
  const more = lines.length - top - shown.length;
  const keys = more > 0 ? `${more} more lines: ↓, PgDn · Esc closes` : 'Esc closes';
  return {
    lines: [
      fitLine([span(` ${page.title}`, theme.title)], size.columns),
      ...Array.from({ length: height }, (_, row): Line => [span(' '), ...(shown[row] ?? [])]),
      fitLine([span(` ${keys}`, theme.dim)], size.columns),
      statusLine(state),
    ],
    caret: undefined,
  };
}

/** What stands where messages will be, while somebody chooses a name. */
function welcome({ look, size }: State, why: string, rows: number): Line[] {
  const { theme } = look;
  const width = Math.max(1, size.columns - 4);
  const lines = [
    ...wrap([span(`${strip(why)}.`, theme.warning)], width),
    [],
    ...wrap([span('Write another name below and press Enter.')], width),
  ].map((line): Line => [span('  '), ...line]);
  const above = Math.max(0, Math.floor((rows - lines.length) / 2));
  return [
    ...Array.from({ length: above }, (): Line => []),
    ...lines,
    ...Array.from({ length: Math.max(0, rows - above - lines.length) }, (): Line => []),
  ].slice(0, rows);
}
