import { typing } from '../../chat/format.ts';
import { strip } from '../../chat/strip.ts';
import type { Person } from '../../protocol/events.ts';

interface Props {
  readonly people: readonly Person[];
  readonly me: string | undefined;
}

/** Always there, so that nothing moves when somebody begins to type. */
export function TypingLine({ people, me }: Props) {
  const others = people.filter(({ id }) => id !== me).map(({ name }) => strip(name));
  return <p class="typing">{typing(others)}</p>;
}
