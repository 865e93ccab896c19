import type { Size } from './screen.ts';
import type { Settings } from './settings.ts';

/** How many cells each part of the screen has; a part with no width is not there. */
export type Layout = {
  readonly roomsWidth: number;
  readonly membersWidth: number;
  readonly messagesWidth: number;
  /** Rows between the title and the status line. */
  readonly bodyRows: number;
  readonly composerRows: number;
};

/** Messages narrower than this are a pain to read: rather no list beside them. */
const COMFORTABLE = 50;
const TITLE_AND_STATUS = 2;

/** Gives the composer what its text needs, up to a third of the screen, and the messages the rest. */
export function layoutOf(size: Size, settings: Settings, wantedRows: number): Layout {
  const { columns, rows } = size;
  const composerRows = Math.max(1, Math.min(wantedRows, Math.floor(rows / 3)));
  const roomsWidth = columns >= 110 ? 24 : 20;
  const membersWidth = 18;
  const hasRooms = settings.rooms === 'shown' && columns - roomsWidth >= COMFORTABLE;
  const left = hasRooms ? columns - roomsWidth : columns;
  const hasMembers = settings.members === 'shown' && left - membersWidth >= COMFORTABLE + 15;
  return {
    roomsWidth: hasRooms ? roomsWidth : 0,
    membersWidth: hasMembers ? membersWidth : 0,
    messagesWidth: Math.max(1, hasMembers ? left - membersWidth : left),
    bodyRows: Math.max(1, rows - TITLE_AND_STATUS - composerRows),
    composerRows,
  };
}
