/** A row in sight, and how far below the top edge of its scroller it is, in CSS pixels. */
export interface Anchor {
  readonly row: Element;
  readonly offset: number;
}

/**
 * The rows in sight that would still be there if the page were drawn anew, topmost first. More
 * than one, because the first may be the one that goes.
 */
export function anchorsIn(scroller: Element): Anchor[] {
  const top = scroller.getBoundingClientRect().top;
  const bottom = top + scroller.clientHeight;
  const rows = scroller.getElementsByTagName('article');
  const anchors: Anchor[] = [];
  for (let at = firstBelow(rows, top); at < rows.length; at += 1) {
    const row = rows[at];
    const box = row?.getBoundingClientRect();
    if (row === undefined || box === undefined || box.top >= bottom) break;
    anchors.push({ row, offset: box.top - top });
  }
  return anchors;
}

/** Scrolls so that the first of the anchors that is still there is where it was. */
export function hold(scroller: Element, anchors: readonly Anchor[]): void {
  const anchor = anchors.find(({ row }) => scroller.contains(row));
  if (anchor === undefined) return;
  const top = scroller.getBoundingClientRect().top;
  const moved = anchor.row.getBoundingClientRect().top - top - anchor.offset;
  if (Math.abs(moved) > 0.01) scroller.scrollTop += moved;
}

/** The first message that ends below `top`, found by halves: there are up to 300. */
function firstBelow(rows: HTMLCollectionOf<Element>, top: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const bottom = rows[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom <= top) low = middle + 1;
    else high = middle;
  }
  return low;
}
