import { useEffect, useMemo, useState } from 'react';
import {
  type Completion,
  type CompletionSources,
  complete,
  speakers,
} from '../../chat/completion.ts';
import type { Timeline } from '../../client/index.ts';
import { emoji } from '../emoji.ts';
import { useSession } from '../session.ts';
import { useStore } from '../use-store.ts';

export interface SuggestionState {
  readonly sources: CompletionSources;
  /** What could be put in; undefined while there is nothing to choose. */
  readonly completion: Completion | undefined;
  readonly index: number;
  /** Whether what is written is already what is chosen. */
  readonly isWhole: boolean;
  move(by: 1 | -1): void;
  close(): void;
}

export function useSuggestions(text: string, caret: number, timeline: Timeline): SuggestionState {
  const { rooms, me } = useSession();
  const entries = useStore(rooms);
  const table = useStore(emoji);
  const [index, setIndex] = useState(0);
  /** Where the list was closed: it comes back when something else is written. */
  const [closedAt, setClosedAt] = useState<string | undefined>();

  const sources = useMemo(
    (): CompletionSources => ({
      where: 'browser',
      members: speakers(timeline, me?.name ?? ''),
      rooms: entries.map(({ room }) => room),
      emoji: table,
    }),
    [timeline, me, entries, table],
  );
  const completion = useMemo(() => {
    const found = complete(text, caret, sources);
    // A bare name at the beginning may be any word: only Tab makes a person of it.
    return found?.kind === 'bareName' || text === closedAt ? undefined : found;
  }, [text, caret, sources, closedAt]);

  useEffect(() => setIndex(0), [text]);

  const many = completion?.candidates.length ?? 0;
  const at = Math.min(index, Math.max(0, many - 1));
  return {
    sources,
    completion,
    index: at,
    isWhole:
      completion?.candidates[at]?.insert.trim() === text.slice(completion?.start, completion?.end),
    move: (by) => setIndex((at + by + many) % many),
    close: () => setClosedAt(text),
  };
}
