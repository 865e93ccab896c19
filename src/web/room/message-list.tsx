import { strip } from '../../chat/strip.ts';
import type { Timeline } from '../../client/index.ts';
import { strings } from '../strings.ts';

export function MessageList({ timeline }: { readonly timeline: Timeline }) {
  return (
    <div class="messages" role="feed" aria-label={strings.room.messages(timeline.room)}>
      {timeline.messages.map((message) => (
        <article
          key={message.state === 'sent' ? message.seq : message.key}
          class="message"
          dir="auto"
        >
          <span class="author">{message.state === 'sent' ? strip(message.from.name) : ''}</span>{' '}
          {strip(message.text)}
        </article>
      ))}
    </div>
  );
}
