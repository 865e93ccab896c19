import { lastOf } from './memo.ts';
import type { Size } from './screen.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

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

/**
 * Gives the composer what its text needs, up to a third of the screen, and the messages the rest.
 * The same layout is the same object.
 */
export const layoutOf = lastOf(arrange);

function arrange(size: Size, settings: Settings, wantedRows: number): Layout {
  const { columns, rows } = size;
  const composerRows = Math.max(1, Math.min(wantedRows, Math.floor(rows / 3)));
  const roomsWidth = roomsWidthOf(size);
  const membersWidth = 18;
  const hasRooms = hasRoomsPane({ size, settings });
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

/** Whether the rooms are listed beside the messages. */
export function hasRoomsPane({ size, settings }: Pick<State, 'size' | 'settings'>): boolean {
  return settings.rooms === 'shown' && size.columns - roomsWidthOf(size) >= COMFORTABLE;
}

function roomsWidthOf({ columns }: Size): number {
  return columns >= 110 ? 24 : 20;
}
