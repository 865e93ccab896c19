import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type RoomRow, Rows, type RowView } from '../../chat/rows.ts';
import { strip } from '../../chat/strip.ts';
import type { Room } from '../../client/index.ts';
import { useActions } from '../actions.ts';
import { Composer, type ComposerHandle } from '../composer/composer.tsx';
import { drafts } from '../drafts.ts';
import type { MessageDoings } from '../message/message-view.tsx';
import { useReader } from '../message/use-reader.ts';
import { paced } from '../paced.ts';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';
import { drawerOfRows } from './draw-row.tsx';
import { EmptyRoom } from './empty-room.tsx';
import { ignoreBreak, isKnown, reach, useReached } from './history.ts';
import { Members } from './members.tsx';
import { MessageList } from './message-list.tsx';
import { Refused } from './refused.tsx';
import { RoomHead } from './room-head.tsx';
import { TypingLine } from './typing-line.tsx';
import { useUnreadMark } from './unread-mark.ts';

interface Props {
  readonly room: Room;
  readonly showMembers: boolean;
  /** Whether the members lie over the rest of it. */
  readonly isUnder: boolean;
}

/** One room: its head, its messages, the place to write, and who is here. */
export function RoomView({ room, showMembers, isUnder }: Props) {
  const { me, formatter } = useSession();
  const { say } = useActions();
  const timeline = useStore(useMemo(() => paced(room.timeline), [room]));
  const reader = useReader();
  const isReached = useReached(room, timeline);
  const unreadAfter = useUnreadMark(room, me?.id);
  const builder = useMemo(() => new Rows(formatter), [formatter]);
  const view = useRef<RowView>({ me, unreadAfter });
  view.current = { me, unreadAfter };
  const rows = builder.of(timeline, view.current);
  const list = useRef<MessageList>(null);
  const main = useRef<HTMLElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const [replyTo, setReplyTo] = useState(() => drafts.replyOf(room.name));

  // Whoever goes to a room writes there next; on a phone that would bring the keyboard at once.
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) composer.current?.focus();
    else main.current?.focus();
  }, []);

  const jump = useCallback(
    async (seq: number) => {
      if (!(await reach(room, seq))) return say(strings.room.tooFarBack);
      const row = builder.of(room.timeline.get(), view.current).find((one) => seqOf(one) === seq);
      if (row !== undefined) list.current?.show(row.key);
    },
    [room, builder, say],
  );

  const answer = useCallback(
    (seq: number | undefined) => {
      setReplyTo(seq);
      drafts.keepReply(room.name, seq);
    },
    [room],
  );
  const reply = useCallback(
    (seq: number) => {
      answer(seq);
      composer.current?.focus();
    },
    [answer],
  );

  const doings = useMemo<MessageDoings>(
    () => ({
      reply,
      copy: ({ message }) => {
        copied(strip(message.text)).then(
          () => say(strings.message.copied),
          () => say(strings.message.copyFailed),
        );
      },
      jump: (seq) => void jump(seq).catch(ignoreBreak),
      retry: (key) => {
        const failed = room.timeline
          .get()
          .messages.some((one) => one.state === 'failed' && one.key === key);
        if (failed) room.retry(key);
      },
      discard: (key) => void room.discard(key).catch(ignoreBreak),
    }),
    [room, reply, jump, say],
  );

  const older = useCallback(() => void room.loadOlder().catch(ignoreBreak), [room]);
  const seen = useCallback(
    (seq: number) => {
      if (seq > room.timeline.get().read) room.read(seq);
    },
    [room],
  );

  const pressed = (event: KeyboardEvent, key: string) => {
    const row = rows.find((one) => one.key === key);
    if (event.key === 'Escape') composer.current?.focus();
    else if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey) {
      const seq = seqOf(row);
      if (seq === undefined) return;
      event.preventDefault();
      reply(seq);
    }
  };

  const draw = useMemo(
    () => reader && drawerOfRows({ me: me?.name, formatter, reader, doings }),
    [me?.name, formatter, reader, doings],
  );
  const isReady = draw !== undefined && isReached;

  return (
    <div class={showMembers ? 'room with-members' : 'room'}>
      <main class="room-main" ref={main} tabIndex={-1} inert={isUnder}>
        <RoomHead timeline={timeline} showMembers={showMembers} />
        {timeline.standing === 'refused' ? (
          <Refused why={timeline.why} room={room} />
        ) : isReady && rows.length > 0 ? (
          <MessageList
            key={`${timeline.resets} ${isKnown(timeline)}`}
            ref={list}
            room={room.name}
            rows={rows}
            hasOlder={timeline.hasOlder}
            onOlder={older}
            onSeen={seen}
            onKey={pressed}
          >
            {draw}
          </MessageList>
        ) : (
          <EmptyRoom isReady={isReady && isKnown(timeline)} />
        )}
        <TypingLine people={timeline.typing} me={me?.id} />
        <Composer
          key={room.name}
          ref={composer}
          room={room}
          timeline={timeline}
          rows={rows}
          replyTo={replyTo}
          onReply={answer}
          onSent={() => list.current?.toNewest()}
          onFind={(row) => list.current?.show(row.key)}
          onUp={() => list.current?.focus()}
        />
      </main>
      {showMembers && <Members timeline={timeline} />}
    </div>
  );
}

function seqOf(row: RoomRow | undefined): number | undefined {
  return row?.kind === 'message' && row.message.state === 'sent' ? row.message.seq : undefined;
}

/** Pages that came over plain HTTP have no clipboard. */
async function copied(text: string): Promise<void> {
  if (navigator.clipboard === undefined) throw new Error('there is no clipboard');
  await navigator.clipboard.writeText(text);
}
