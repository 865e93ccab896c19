import { excerpt } from '../../chat/excerpt.ts';
import type { MessageRow } from '../../chat/rows.ts';
import { strip } from '../../chat/strip.ts';
import { CloseIcon } from '../icons.tsx';
import { strings } from '../strings.ts';

const LENGTH = 80;

export function ReplyingTo({ row, onStop }: { row: MessageRow; onStop: () => void }) {
  return (
    <div class="replying-to">
      <span>
        <strong>{strings.composer.replyingTo(strip(row.from?.name ?? ''))}</strong>{' '}
        <span dir="auto">{excerpt(row.message.text, LENGTH)}</span>
      </span>
      <button
        type="button"
        class="icon-button small"
        aria-label={strings.composer.stopReply}
        onClick={onStop}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
