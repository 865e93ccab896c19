import { useState } from 'react';
import type { Room } from '../../client/index.ts';
import { strings } from '../strings.ts';

export function Composer({ room }: { readonly room: Room }) {
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim() === '') return;
    room.send(text);
    setText('');
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        aria-label={strings.composer.label(room.name)}
        placeholder={strings.composer.placeholder(room.name)}
        value={text}
        rows={1}
        dir="auto"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="button primary">
        {strings.composer.send}
      </button>
    </form>
  );
}
