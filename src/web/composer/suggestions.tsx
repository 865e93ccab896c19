import { useEffect, useRef } from 'react';
import { strings } from '../strings.ts';
import type { SuggestionState } from './use-suggestions.ts';

interface Props {
  readonly suggestions: SuggestionState;
  readonly onTake: (index: number) => void;
}

/** What could stand where one writes. The keys for it are in the field, which keeps the focus. */
export function Suggestions({ suggestions: { completion, index }, onTake }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const candidates = completion?.candidates ?? [];
  return (
    <>
      <p class="unseen" role="status">
        {candidates.length > 0 && strings.composer.suggested(candidates.length)}
      </p>
      <div
        id="suggestions"
        ref={list}
        class="suggestions"
        role="listbox"
        aria-label={strings.composer.suggestions}
        hidden={candidates.length === 0}
      >
        {candidates.map(({ label, detail }, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={label}
            id={`suggestion-${at}`}
            class="suggestion"
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(at)}
          >
            <span>{label}</span>
            <span class="quiet">{detail}</span>
          </div>
        ))}
      </div>
    </>
  );
}
