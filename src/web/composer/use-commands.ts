import { sentence } from '../../chat/format.ts';
import type { MessageRow, RoomRow } from '../../chat/rows.ts';
import type { Command } from '../../chat/slash.ts';
import { strip } from '../../chat/strip.ts';
import { ChinwagError, type Room, type Timeline } from '../../client/index.ts';
import { useActions } from '../actions.ts';
import { useSession } from '../session.ts';
import { change, changeNamed } from '../settings.ts';
import { strings } from '../strings.ts';

interface Here {
  readonly room: Room;
  readonly timeline: Timeline;
  readonly rows: readonly RoomRow[];
  readonly replyTo: number | undefined;
  readonly onReply: (seq: number | undefined) => void;
  readonly onSent: () => void;
  readonly onFind: (row: MessageRow) => void;
}

/** Does what a slash command says. */
export function useCommands({ room, timeline, rows, replyTo, onReply, onSent, onFind }: Here) {
  const { client } = useSession();
  const actions = useActions();

  /** Says why, where the server did not want it. */
  const tried = (doing: Promise<unknown>) => {
    doing.catch((error: unknown) => {
      if (!(error instanceof ChinwagError)) throw error;
      actions.say(sentence(error.message));
    });
  };
  const lastSaid = () => {
    const row = rows.findLast((one) => one.kind === 'message' && !one.mine);
    return row?.kind === 'message' && row.message.state === 'sent' ? row.message.seq : undefined;
  };

  return (command: Command): void => {
    switch (command.name) {
      case 'join':
        actions.goTo(command.room);
        break;
      case 'create': {
        const { title } = command;
        const made = client.create({
          room: command.room,
          ...(title === undefined ? {} : { title }),
        });
        tried(made.then(() => actions.goTo(command.room)));
        break;
      }
      case 'leave':
        actions.leave(command.room ?? room.name);
        break;
      case 'topic':
        if (command.topic === undefined) actions.say(strings.room.topic(strip(timeline.topic)));
        else tried(room.setTopic(command.topic));
        break;
      case 'search': {
        const words = command.words.toLowerCase();
        const found = rows.findLast(
          (row) => row.kind === 'message' && row.message.text.toLowerCase().includes(words),
        );
        if (found?.kind === 'message') onFind(found);
        else actions.say(strings.composer.notFound(command.words));
        break;
      }
      case 'reply': {
        const seq = replyTo ?? lastSaid();
        if (seq === undefined) actions.say(strings.composer.noReply);
        else if (command.text === undefined) onReply(seq);
        else {
          room.send(command.text, { replyTo: seq });
          onReply(undefined);
          onSent();
        }
        break;
      }
      case 'theme':
        if (command.theme === undefined) actions.open('settings');
        else change({ theme: command.theme });
        break;
      case 'rooms':
        actions.open('rooms', command.query);
        break;
      case 'who':
        actions.showMembers();
        break;
      case 'next':
        actions.nextUnread();
        break;
      case 'settings':
        if (command.change === undefined) actions.open('settings');
        else actions.say(changeNamed(command.change.setting, command.change.value));
        break;
      case 'help':
        actions.open('help');
        break;
      case 'quit':
        actions.signOut();
        break;
    }
  };
}
