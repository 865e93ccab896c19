import { Component, createRef } from 'react';
import type { RoomRow } from '../../chat/rows.ts';
import { strings } from '../strings.ts';
import { type Anchor, anchorsIn, hold } from './anchor.ts';
import { Drawn, type DrawRow } from './drawn.ts';
import { JumpToLatest } from './jump-to-latest.tsx';
import { around, bounded, furtherDown, furtherUp, newest, type Range, spanOf } from './range.ts';
import { moveFocus } from './roving.ts';

interface Props {
  readonly room: string;
  readonly rows: readonly RoomRow[];
  /** Whether the server has more before the first of these. */
  readonly hasOlder: boolean;
  readonly onOlder: () => void;
  /** The newest message that is wholly in sight, by its `seq`. */
  readonly onSeen: (seq: number) => void;
  readonly onKey: (event: KeyboardEvent, key: string) => void;
  readonly children: DrawRow;
}

interface State {
  readonly range: Range;
  /** At the newest, and going along with it. */
  readonly atNewest: boolean;
  /** Whatever is newer than this came while one was reading further up. */
  readonly leftAt: number;
  /** The one message that Tab leads to. */
  readonly active: string | undefined;
  /** The one that a pointer is over. */
  readonly hovered: string | undefined;
}

/** What was, just before the page changed. */
interface Before {
  readonly anchors: readonly Anchor[];
  readonly focused: boolean;
}

/** More is brought in when fewer screens than this are left above or below. */
const SCREENS_AHEAD = 2;
/** Fractions of pixels add up: this near the end is at the end. */
const AT_END_PX = 4;
/** How far from the top a row is put that one is led to. */
const LANDING = 0.25;

/**
 * The rows of a room, a window of at most 300 of them. Whatever comes before, after or between,
 * what is being read stays where it is on the screen; who is at the newest goes along with it.
 */
export class MessageList extends Component<Props, State> {
  override state: State = {
    range: newest,
    atNewest: true,
    leftAt: 0,
    active: undefined,
    hovered: undefined,
  };
  readonly #scroller = createRef<HTMLDivElement>();
  readonly #content = createRef<HTMLElement>();
  readonly #resized = new ResizeObserver(() => this.#keepPlace());
  readonly #drawn = new Drawn();
  #anchors: readonly Anchor[] = [];
  #scrollTop = 0;
  #upwards = true;
  #landed = false;
  /** A row that is to be shown once it is in the page. */
  #wanted: { readonly key: string; readonly focus: boolean } | undefined;

  static override getDerivedStateFromProps({ rows }: Props, state: State): Partial<State> {
    return { range: bounded(rows, state.range, state.atNewest) };
  }

  override componentDidMount(): void {
    const [scroller, content] = [this.#scroller.current, this.#content.current];
    if (scroller !== null) this.#resized.observe(scroller);
    if (content !== null) this.#resized.observe(content);
    document.addEventListener('visibilitychange', this.#look);
    window.addEventListener('focus', this.#look);
    this.#settle();
  }

  override componentWillUnmount(): void {
    this.#resized.disconnect();
    document.removeEventListener('visibilitychange', this.#look);
    window.removeEventListener('focus', this.#look);
  }

  override getSnapshotBeforeUpdate(): Before {
    const scroller = this.#scroller.current;
    if (scroller === null) return { anchors: [], focused: false };
    const focused = scroller.contains(document.activeElement);
    return { anchors: this.state.atNewest ? [] : anchorsIn(scroller), focused };
  }

  override componentDidUpdate(_props: Props, _state: State, before: Before): void {
    this.#anchors = before.anchors;
    this.#settle();
    // The row that had the focus may have gone; then it goes to the next that Tab leads to.
    if (before.focused && document.activeElement === document.body) this.focus();
  }

  /** Shows a row, at once or as soon as it is among `rows`. */
  show(key: string, focus = true): void {
    this.#wanted = { key, focus };
    this.#landed = true;
    this.#bring(key);
  }

  readonly toNewest = (): void => {
    this.setState({ range: newest, atNewest: true });
  };

  focus(): void {
    const { active } = this.state;
    const rows = this.#rows();
    (rows.find((row) => keyOf(row) === active) ?? rows.at(-1))?.focus();
  }

  override render() {
    const { rows, room, children } = this.props;
    const { range, atNewest, leftAt, active, hovered } = this.state;
    const { start, end } = spanOf(rows, range);
    const shown = rows.slice(start, end);
    const inTabOrder = this.#activeOf(shown);
    return (
      <div class="reading">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the messages */}
        {/* biome-ignore lint/a11y/useKeyWithMouseEvents: the focus does the same */}
        <div
          class="messages"
          ref={this.#scroller}
          onScroll={this.#scrolled}
          onKeyDown={this.#pressed}
          onFocusCapture={this.#focused}
          onMouseOver={this.#pointed}
          onMouseLeave={this.#left}
        >
          <section class="rows" ref={this.#content} aria-label={strings.room.messages(room)}>
            {shown.map((row) => {
              const isPointed = row.key === active || row.key === hovered;
              return this.#drawn.of(row, { isActive: row.key === inTabOrder, isPointed }, children);
            })}
          </section>
        </div>
        {!atNewest && <JumpToLatest count={newer(rows, leftAt)} onJump={this.toNewest} />}
      </div>
    );
  }

  /** After every change of the page: first everything back to its place, then what that asks for. */
  #settle(): void {
    const scroller = this.#scroller.current;
    if (scroller === null) return;
    if (!this.#landed && this.props.rows.length > 0) this.#land(scroller);
    else if (this.#wanted !== undefined) this.#goTo(this.#wanted, scroller);
    else this.#putBack(scroller);
    this.#noted(scroller);
    this.#fetch(scroller);
    this.#look();
  }

  #putBack(scroller: HTMLElement): void {
    if (this.state.atNewest) scroller.scrollTop = scroller.scrollHeight;
    else hold(scroller, this.#anchors);
  }

  /** Where one begins to read: at the first unread message, or at the newest. */
  #land(scroller: HTMLElement): void {
    this.#landed = true;
    scroller.scrollTop = scroller.scrollHeight;
    if (this.props.rows.some(({ kind }) => kind === 'unread')) this.show('unread', false);
  }

  /** Makes the page hold a row, where there is such a row already. */
  #bring(key: string): void {
    const { rows } = this.props;
    const { start, end } = spanOf(rows, this.state.range);
    const at = rows.findIndex((row) => row.key === key);
    if (at === -1) return;
    const range = at >= start && at < end ? this.state.range : around(rows, key);
    this.setState({ range, atNewest: false, leftAt: lastSeq(rows) });
  }

  #goTo({ key, focus }: { key: string; focus: boolean }, scroller: HTMLElement): void {
    const all = [...scroller.querySelectorAll<HTMLElement>('[data-key]')];
    const row = all.find((one) => keyOf(one) === key);
    if (row === undefined) {
      this.#putBack(scroller);
      this.#bring(key);
      return;
    }
    this.#wanted = undefined;
    const offset = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += offset - scroller.clientHeight * LANDING;
    this.#anchors = anchorsIn(scroller);
    if (focus) row.focus({ preventScroll: true });
    if (belowOf(scroller) <= AT_END_PX && this.state.range.to === undefined) {
      this.setState({ atNewest: true });
    }
  }

  /** Something grew or shrank by itself: the window, a code block that got its colours. */
  #keepPlace(): void {
    const scroller = this.#scroller.current;
    if (scroller === null) return;
    this.#putBack(scroller);
    this.#noted(scroller);
    this.#fetch(scroller);
  }

  readonly #scrolled = (): void => {
    const scroller = this.#scroller.current;
    if (scroller === null || scroller.scrollTop === this.#scrollTop) return;
    this.#upwards = scroller.scrollTop < this.#scrollTop;
    this.#noted(scroller);
    const atNewest = belowOf(scroller) <= AT_END_PX && this.state.range.to === undefined;
    if (atNewest !== this.state.atNewest) {
      this.setState({ atNewest, leftAt: lastSeq(this.props.rows) });
    }
    this.#fetch(scroller);
    this.#look();
  };

  /** Measuring costs a layout: at the newest nothing needs it, and there it would be done most often. */
  #noted(scroller: HTMLElement): void {
    this.#scrollTop = scroller.scrollTop;
    this.#anchors = this.state.atNewest ? [] : anchorsIn(scroller);
  }

  /** Brings in what will soon be in sight. */
  #fetch(scroller: HTMLElement): void {
    const { rows, hasOlder, onOlder } = this.props;
    const { range } = this.state;
    const { start, end } = spanOf(rows, range);
    const ahead = scroller.clientHeight * SCREENS_AHEAD;
    if (ahead === 0) return;
    if (this.#upwards && scroller.scrollTop < ahead) {
      const last = this.#indexOf(this.#anchors.at(-1)) ?? end - 1;
      if (start > 0) this.#move(furtherUp(rows, range, last));
      else if (hasOlder) onOlder();
    } else if (!this.#upwards && end < rows.length && belowOf(scroller) < ahead) {
      this.#move(furtherDown(rows, range, this.#indexOf(this.#anchors[0]) ?? start));
    }
  }

  #move(range: Range): void {
    const { from, to } = this.state.range;
    if (range.from !== from || range.to !== to) this.setState({ range });
  }

  #indexOf(anchor: Anchor | undefined): number | undefined {
    const wanted = keyOf(anchor?.row);
    const index =
      wanted === undefined ? -1 : this.props.rows.findIndex(({ key }) => key === wanted);
    return index === -1 ? undefined : index;
  }

  /** What is in sight of somebody who looks has been read. */
  readonly #look = (): void => {
    const scroller = this.#scroller.current;
    if (scroller === null || document.hidden || !document.hasFocus()) return;
    const { rows, onSeen } = this.props;
    if (this.state.atNewest) {
      onSeen(lastSeq(rows));
      return;
    }
    const edge = scroller.getBoundingClientRect().bottom + AT_END_PX;
    const seen = this.#anchors.findLast(({ row }) => row.getBoundingClientRect().bottom <= edge);
    const row = rows[this.#indexOf(seen) ?? -1];
    if (row?.kind === 'message' && row.message.state === 'sent') onSeen(row.message.seq);
  };

  #activeOf(shown: readonly RoomRow[]): string | undefined {
    const { active } = this.state;
    if (shown.some(({ key }) => key === active)) return active;
    return shown.findLast(({ kind }) => kind === 'message')?.key;
  }

  #rows(): HTMLElement[] {
    return [...(this.#content.current?.querySelectorAll('article') ?? [])];
  }

  readonly #focused = ({ target }: FocusEvent): void => {
    const active = keyOf(rowAround(target));
    if (active !== undefined && active !== this.state.active) this.setState({ active });
  };

  readonly #pointed = ({ target }: MouseEvent): void => {
    const hovered = keyOf(rowAround(target));
    if (hovered !== this.state.hovered) this.setState({ hovered });
  };

  readonly #left = (): void => this.setState({ hovered: undefined });

  readonly #pressed = (event: KeyboardEvent): void => {
    const row = rowAround(event.target);
    const key = keyOf(row);
    if (row === null || key === undefined) return;
    if (moveFocus(event, row, this.#rows())) event.preventDefault();
    else this.props.onKey(event, key);
  };
}

function rowAround(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('article') : null;
}

function keyOf(row: Element | null | undefined): string | undefined {
  return row instanceof HTMLElement ? row.dataset.key : undefined;
}

function belowOf({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}

function lastSeq(rows: readonly RoomRow[]): number {
  const last = rows.findLast((row) => row.kind === 'message' && row.message.state === 'sent');
  return last?.kind === 'message' && last.message.state === 'sent' ? last.message.seq : 0;
}

/** How many messages of others are newer than this one. */
function newer(rows: readonly RoomRow[], seq: number): number {
  let count = 0;
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row?.kind !== 'message' || row.message.state !== 'sent') continue;
    if (row.message.seq <= seq) break;
    if (!row.mine) count += 1;
  }
  return count;
}
