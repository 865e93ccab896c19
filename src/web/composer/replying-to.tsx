import type { Replied } from '../../chat/rows.ts';
import { strip } from '../../chat/strip.ts';
import { CloseIcon } from '../icons.tsx';
import { strings } from '../strings.ts';

interface Props {
  readonly replied: Replied;
  readonly onStop: () => void;
}

export function ReplyingTo({ replied: { said }, onStop }: Props) {
  return (
    <div class="replying-to">
      <span>
        {said === undefined ? (
          <strong>{strings.composer.replyingToUnknown}</strong>
        ) : (
          <>
            <strong>{strings.composer.replyingTo(strip(said.from.name))}</strong>{' '}
            <span dir="auto">{said.excerpt}</span>
          </>
        )}
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
