import type { MessageRow } from '../../chat/rows.ts';
import { strings } from '../strings.ts';
import type { MessageDoings } from './message-view.tsx';

interface Props {
  readonly row: MessageRow;
  readonly tabIndex: 0 | -1;
  readonly doings: MessageDoings;
}

export function MessageActions({ row, tabIndex, doings }: Props) {
  const { message } = row;
  switch (message.state) {
    case 'sent':
      return (
        <div class="message-actions" role="toolbar" aria-label={strings.message.actions}>
          <button type="button" tabIndex={tabIndex} onClick={() => doings.reply(message.seq)}>
            {strings.message.reply}
          </button>
          <button type="button" tabIndex={tabIndex} onClick={() => doings.copy(row)}>
            {strings.message.copy}
          </button>
        </div>
      );
    case 'failed':
      return (
        <div class="message-actions always" role="toolbar" aria-label={strings.message.actions}>
          <button type="button" tabIndex={tabIndex} onClick={() => doings.retry(message.key)}>
            {strings.message.retry}
          </button>
          <button type="button" tabIndex={tabIndex} onClick={() => doings.discard(message.key)}>
            {strings.message.discard}
          </button>
        </div>
      );
    case 'pending':
      return null;
  }
}
