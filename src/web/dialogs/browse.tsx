import { useEffect, useState } from 'react';
import { sentence } from '../../chat/format.ts';
import { strip } from '../../chat/strip.ts';
import { ChinwagError } from '../../client/index.ts';
import { limits } from '../../protocol/limits.ts';
import type { ReplyOf } from '../../protocol/replies.ts';
import { useActions } from '../actions.ts';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';
import { Choices } from './choices.tsx';
import { Modal } from './modal.tsx';

type Found = ReplyOf<'rooms'>['rooms'] | string | undefined;

interface Props {
  readonly words: string;
  readonly onClose: () => void;
}

/** Every room there is, and the way into it. */
export function Browse({ words, onClose }: Props) {
  const { client } = useSession();
  const { goTo } = useActions();
  const [query, setQuery] = useState(words);
  const [found, setFound] = useState<Found>();

  useEffect(() => {
    let wanted = true;
    client.rooms(query.trim().slice(0, limits.queryChars)).then(
      (rooms) => {
        if (wanted) setFound(rooms);
      },
      (error: unknown) => {
        if (!(error instanceof ChinwagError)) throw error;
        if (wanted) setFound(sentence(error.message));
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, query]);

  const rooms = Array.isArray(found) ? found : [];
  const nothing = typeof found === 'string' ? found : strings.browse.nothing;
  return (
    <Modal title={strings.browse.title} onClose={onClose}>
      <Choices
        label={strings.browse.label}
        placeholder={strings.browse.label}
        query={query}
        choices={rooms.map(({ room, title, topic, memberCount, joined }) => ({
          label: `#${room}`,
          detail: [
            strip(title === '' ? topic : title),
            strings.browse.members(memberCount),
            joined ? strings.browse.joined : '',
          ]
            .filter((part) => part !== '')
            .join(' · '),
          run: () => goTo(room),
        }))}
        nothing={found === undefined ? strings.browse.loading : nothing}
        onQuery={setQuery}
        onChosen={onClose}
      />
    </Modal>
  );
}
