/** Moves the focus from one row to another, as arrows do in a list. False for any other key. */
export function moveFocus(event: KeyboardEvent, row: HTMLElement, rows: HTMLElement[]): boolean {
  if (event.target !== row || event.ctrlKey || event.altKey || event.metaKey) return false;
  const at = rows.indexOf(row);
  switch (event.key) {
    case 'ArrowUp':
      return focusOn(rows[at - 1]);
    case 'ArrowDown':
      return focusOn(rows[at + 1]);
    case 'Home':
      return focusOn(rows[0]);
    case 'End':
      return focusOn(rows.at(-1));
    default:
      return false;
  }
}

function focusOn(row: HTMLElement | undefined): boolean {
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
  return row !== undefined;
}
