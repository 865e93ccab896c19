import type { Replied } from '../../chat/rows.ts';
import { strip } from '../../chat/strip.ts';
import { strings } from '../strings.ts';
import { colourOf } from './avatar.tsx';

interface Props {
  readonly replied: Replied;
  readonly tabIndex: 0 | -1;
  readonly onJump: (seq: number) => void;
}

/** What a message answers, and the way there. */
export function RepliedTo({ replied: { seq, said }, tabIndex, onJump }: Props) {
  const name = said === undefined ? undefined : strip(said.from.name);
  return (
    <button type="button" class="replied-to" tabIndex={tabIndex} onClick={() => onJump(seq)}>
      {said === undefined || name === undefined ? (
        strings.message.answerUnknown
      ) : (
        <>
          <span class="unseen">{strings.message.answer}</span>{' '}
          <bdi class={`author ${colourOf(name)}`}>{name}</bdi>{' '}
          <span dir="auto">{said.excerpt}</span>
        </>
      )}
    </button>
  );
}
