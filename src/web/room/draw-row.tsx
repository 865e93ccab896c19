import type { Formatter } from '../../chat/format.ts';
import { type MessageDoings, MessageView } from '../message/message-view.tsx';
import type { Reader } from '../message/use-reader.ts';
import { strings } from '../strings.ts';
import { DayDivider } from './day-divider.tsx';
import type { DrawRow } from './drawn.ts';

interface Common {
  readonly me: string | undefined;
  readonly formatter: Formatter;
  readonly reader: Reader;
  readonly doings: MessageDoings;
}

/** What draws the rows of a room: all of them with the same. */
export function drawerOfRows(common: Common): DrawRow {
  return (row, state) => {
    switch (row.kind) {
      case 'day':
        return <DayDivider key={row.key} at={row.at} formatter={common.formatter} />;
      case 'unread':
        return (
          <div key={row.key} class="divider unread" data-key={row.key}>
            <span>{strings.room.unread}</span>
          </div>
        );
      case 'message':
        return <MessageView key={row.key} row={row} {...state} {...common} />;
    }
  };
}
