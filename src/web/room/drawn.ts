import type { ReactElement } from 'react';
import type { MessageRow, RoomRow } from '../../chat/rows.ts';

export interface RowState {
  /** Tab leads to it. */
  readonly isActive: boolean;
  /** A pointer is over it, or the focus was in it last. */
  readonly isPointed: boolean;
}

export type DrawRow = (row: RoomRow, state: RowState) => ReactElement;

interface Element extends RowState {
  readonly element: ReactElement;
}

/** Rows as elements. What did not change is the same element, and nothing is rendered for it. */
export class Drawn {
  #by: DrawRow | undefined;
  #elements = new WeakMap<MessageRow, Element>();

  /**
   * `draw` must give the same for the same; another `draw` draws all of them anew. Not so with
   * dividers: what is today is yesterday after midnight.
   */
  of(row: RoomRow, { isActive, isPointed }: RowState, draw: DrawRow): ReactElement {
    if (row.kind !== 'message') return draw(row, { isActive, isPointed });
    if (draw !== this.#by) {
      this.#by = draw;
      this.#elements = new WeakMap();
    }
    const last = this.#elements.get(row);
    if (last?.isActive === isActive && last.isPointed === isPointed) return last.element;
    const element = draw(row, { isActive, isPointed });
    this.#elements.set(row, { isActive, isPointed, element });
    return element;
  }
}
