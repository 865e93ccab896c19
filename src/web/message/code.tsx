import { useEffect, useState } from 'react';
import type { Piece } from './highlight.ts';

interface Props {
  readonly language: string | undefined;
  readonly text: string;
}

/** A block of code: plain at once, with colours when those have come. */
export function Code({ language, text }: Props) {
  const [pieces, setPieces] = useState<readonly Piece[]>([{ text, kind: '' }]);
  useEffect(() => {
    setPieces([{ text, kind: '' }]);
    if (language === undefined) return;
    let wanted = true;
    import('./highlight.ts')
      .then(({ highlight }) => highlight(language, text))
      .then(
        (coloured) => {
          if (wanted) setPieces(coloured);
        },
        // Code without colours is still code.
        () => {},
      );
    return () => {
      wanted = false;
    };
  }, [language, text]);
  return (
    <pre dir="ltr" class="code">
      <code>
        {pieces.map(({ text: part, kind }, index) =>
          kind === '' ? (
            part
          ) : (
            <span key={index} class={kind}>
              {part}
            </span>
          ),
        )}
      </code>
    </pre>
  );
}
