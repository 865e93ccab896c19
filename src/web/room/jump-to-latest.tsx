import { strings } from '../strings.ts';

interface Props {
  /** How many came meanwhile. */
  readonly count: number;
  readonly onJump: () => void;
}

export function JumpToLatest({ count, onJump }: Props) {
  return (
    <button type="button" class="jump-to-latest" onClick={onJump}>
      {count === 0 ? strings.room.toLatest : strings.room.newMessages(count)}
    </button>
  );
}
