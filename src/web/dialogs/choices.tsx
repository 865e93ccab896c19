import { useEffect, useRef, useState } from 'react';

export interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly run: () => void;
}

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly choices: readonly Choice[];
  /** Said where there is no choice. */
  readonly nothing: string;
  readonly onQuery: (query: string) => void;
  readonly onChosen: () => void;
}

/** A field and what goes by what is written in it; arrows and Enter choose. */
export function Choices(props: Props) {
  const { label, placeholder, query, choices, nothing, onQuery, onChosen } = props;
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(index, Math.max(0, choices.length - 1));
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    // Closed first: what is chosen may open something else.
    onChosen();
    choice.run();
  };

  return (
    <div class="choices">
      <input
        autofocus
        class="field"
        role="combobox"
        aria-label={label}
        aria-expanded={choices.length > 0}
        aria-controls="choices"
        aria-autocomplete="list"
        aria-activedescendant={choices.length > 0 ? `choice-${at}` : undefined}
        placeholder={placeholder}
        value={query}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          onQuery(currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={(event) => {
          if (event.isComposing || choices.length === 0) return;
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) setIndex((at + step + choices.length) % choices.length);
          else if (event.key === 'Enter') choose(choices[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div id="choices" ref={list} class="choice-list" role="listbox" aria-label={label}>
        {choices.map((choice, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={choice.label}
            id={`choice-${n}`}
            class="suggestion"
            role="option"
            tabIndex={-1}
            aria-selected={n === at}
            onMouseMove={() => setIndex(n)}
            onClick={() => choose(choice)}
          >
            <bdi>{choice.label}</bdi>
            <span class="quiet" dir="auto">
              {choice.detail}
            </span>
          </div>
        ))}
      </div>
      {choices.length === 0 && <p class="quiet nothing">{nothing}</p>}
    </div>
  );
}
