import type { Formatter } from '../../chat/format.ts';
import type { MessageRow } from '../../chat/rows.ts';
import { strip } from '../../chat/strip.ts';
import { strings } from '../strings.ts';
import { Avatar, colourOf } from './avatar.tsx';
import { Delivery } from './delivery.tsx';
import { MarkdownView } from './markdown-view.tsx';
import { MessageActions } from './message-actions.tsx';
import { RepliedTo } from './replied-to.tsx';
import type { Reader } from './use-reader.ts';

/** What can be done with a message. The same object for all of them, and for ever. */
export interface MessageDoings {
  reply(seq: number): void;
  copy(row: MessageRow): void;
  jump(seq: number): void;
  retry(key: string): void;
  discard(key: string): void;
}

interface Props {
  readonly row: MessageRow;
  /** Whether Tab leads to it. */
  readonly isActive: boolean;
  /** Whether somebody points to it or was in it with the keys. */
  readonly isPointed: boolean;
  readonly me: string | undefined;
  readonly formatter: Formatter;
  readonly reader: Reader;
  readonly doings: MessageDoings;
}

export function MessageView(props: Props) {
  const { row, isActive, isPointed, me, formatter, reader, doings } = props;
  const { message, from, grouped, mine, mentionsMe, replyTo } = row;
  const name = strip(from?.name ?? strings.message.you);
  const tabIndex = isActive ? 0 : -1;
  const classes = [
    'message',
    grouped ? 'grouped' : 'first',
    message.state,
    mine ? 'mine' : '',
    mentionsMe ? 'mentions-me' : '',
  ];
  const time = (
    <time
      dateTime={new Date(message.at).toISOString()}
      title={isPointed ? formatter.full(message.at) : undefined}
    >
      {formatter.time(message.at)}
    </time>
  );
  return (
    <article class={classes.join(' ')} data-key={row.key} tabIndex={tabIndex}>
      <div class="gutter">{grouped ? time : <Avatar name={name} />}</div>
      <div class="what">
        {replyTo !== undefined && (
          <RepliedTo replied={replyTo} tabIndex={tabIndex} onJump={doings.jump} />
        )}
        {grouped ? (
          <span class="said-by">{name}</span>
        ) : (
          <header>
            <bdi class={`author ${colourOf(name)}`}>{name}</bdi>
            {time}
          </header>
        )}
        <div class="body" dir="auto">
          <MarkdownView message={message} reader={reader} me={me} />
        </div>
        {message.state !== 'sent' && <Delivery message={message} />}
      </div>
      {(isPointed || message.state === 'failed') && (
        <MessageActions row={row} tabIndex={tabIndex} doings={doings} />
      )}
    </article>
  );
}
