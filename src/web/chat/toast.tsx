import { useEffect } from 'react';

const SHOWN_MS = 6_000;

interface Props {
  /** A new object each time, even for the same sentence. */
  readonly said: { readonly sentence: string } | undefined;
  readonly onGone: () => void;
}

/** A word to the person alone, gone after a while. */
export function Toast({ said, onGone }: Props) {
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said, onGone]);
  return (
    <div class="toasts" role="status">
      {said !== undefined && (
        <p class="toast" dir="auto">
          {said.sentence}
        </p>
      )}
    </div>
  );
}
