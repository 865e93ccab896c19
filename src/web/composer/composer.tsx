import { forwardRef, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { type MessageRow, type RoomRow, repliedAt } from '../../chat/rows.ts';
import { parseComposed } from '../../chat/slash.ts';
import { type Cycle, choose, tab } from '../../chat/tab.ts';
import type { Room, Timeline } from '../../client/index.ts';
import { limits } from '../../protocol/limits.ts';
import { useActions } from '../actions.ts';
import { drafts } from '../drafts.ts';
import { needEmoji } from '../emoji.ts';
import { SendIcon } from '../icons.tsx';
import { strings } from '../strings.ts';
import { ReplyingTo } from './replying-to.tsx';
import { Suggestions } from './suggestions.tsx';
import { useCommands } from './use-commands.ts';
import { useSuggestions } from './use-suggestions.ts';

interface Props {
  readonly room: Room;
  readonly timeline: Timeline;
  readonly rows: readonly RoomRow[];
  /** The `seq` of the message that this answers. */
  readonly replyTo: number | undefined;
  readonly onReply: (seq: number | undefined) => void;
  readonly onSent: () => void;
  readonly onFind: (row: MessageRow) => void;
  /** One wants to go up from here, to the messages. */
  readonly onUp: () => void;
}

export interface ComposerHandle {
  focus(): void;
}

/** From here on it says how many characters are left. */
const NEARLY_FULL = limits.textChars - 400;

/** The place to write. */
export const Composer = forwardRef<ComposerHandle, Props>(function Composer(props, handle) {
  const { room, timeline, replyTo, onReply, onSent, onUp } = props;
  const { say } = useActions();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.of(room.name));
  const [caret, setCaret] = useState(text.length);
  const [cycle, setCycle] = useState<Cycle | undefined>();
  const suggestions = useSuggestions(text, caret, timeline);
  const run = useCommands(props);

  useImperativeHandle(handle, () => ({ focus: () => field.current?.focus() }), []);
  useLayoutEffect(() => fit(field.current), [text]);

  const length = [...text].length;
  const over = length - limits.textChars;

  const write = (now: string, at: number) => {
    setText(now);
    setCaret(at);
    drafts.keep(room.name, now);
    const place = field.current;
    if (place === null) return;
    place.value = now;
    place.setSelectionRange(at, at);
  };

  const send = () => {
    if (text.trim() === '' || over > 0) return;
    const composed = parseComposed(text, 'browser');
    switch (composed.kind) {
      case 'mistake':
        say(composed.sentence);
        return;
      case 'message': {
        room.send(composed.text, replyTo === undefined ? {} : { replyTo });
        onReply(undefined);
        onSent();
        break;
      }
      case 'command':
        run(composed);
        break;
    }
    write('', 0);
  };

  const take = (index: number) => {
    if (suggestions.completion === undefined) return;
    const chosen = choose(text, suggestions.completion, index);
    write(chosen.text, chosen.caret);
    field.current?.focus();
  };

  /** True where the key was for the list of suggestions. */
  const suggested = (event: KeyboardEvent): boolean => {
    if (suggestions.completion === undefined) return false;
    switch (event.key) {
      case 'ArrowDown':
        suggestions.move(1);
        return true;
      case 'ArrowUp':
        suggestions.move(-1);
        return true;
      case 'Escape':
        suggestions.close();
        return true;
      case 'Tab':
        if (event.shiftKey) return false;
        take(suggestions.index);
        return true;
      case 'Enter':
        if (event.shiftKey || suggestions.isWhole) return false;
        take(suggestions.index);
        return true;
      default:
        return false;
    }
  };

  const pressed = (event: KeyboardEvent) => {
    // While an input method composes, its keys are its own; 229 is how some browsers say so.
    if (event.isComposing || event.keyCode === 229) return;
    if (suggested(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Tab' && !event.ctrlKey && !event.altKey) {
      const next = tab(cycle, text, caret, event.shiftKey ? -1 : 1, suggestions.sources);
      setCycle(next);
      if (next === undefined) return;
      event.preventDefault();
      write(next.text, next.caret);
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onUp();
    } else if (event.key === 'Escape' && replyTo !== undefined) onReply(undefined);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo !== undefined && (
        <ReplyingTo
          replied={repliedAt(replyTo, timeline.messages)}
          onStop={() => onReply(undefined)}
        />
      )}
      <Suggestions suggestions={suggestions} onTake={take} />
      <div class="composer-box">
        <textarea
          ref={field}
          aria-label={strings.composer.label(room.name)}
          aria-autocomplete="list"
          aria-controls="suggestions"
          aria-activedescendant={
            suggestions.completion === undefined ? undefined : `suggestion-${suggestions.index}`
          }
          aria-describedby={length > NEARLY_FULL ? 'room-left' : undefined}
          placeholder={strings.composer.placeholder(room.name)}
          value={text}
          rows={1}
          dir="auto"
          enterkeyhint="send"
          onInput={({ currentTarget }) => {
            const now = currentTarget.value;
            if (now.includes(':')) needEmoji();
            if (now !== '' && !now.startsWith('/')) room.typing();
            write(now, currentTarget.selectionStart);
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={pressed}
        />
        <button
          type="submit"
          class="icon-button send"
          aria-label={strings.composer.send}
          disabled={text.trim() === '' || over > 0}
        >
          <SendIcon />
        </button>
      </div>
      {length > NEARLY_FULL && (
        <p id="room-left" class={over > 0 ? 'trouble' : 'quiet'}>
          {over > 0 ? strings.composer.tooLong(over) : strings.composer.left(-over)}
        </p>
      )}
    </form>
  );
});

/** As high as what is written, as far as the style sheet allows. */
function fit(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
