import { useState } from 'react';
import { commandsOf } from '../../chat/slash.ts';
import { roomNamePattern } from '../../protocol/room-name.ts';
import { useActions } from '../actions.ts';
import { route } from '../route.ts';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';
import { Choices } from './choices.tsx';
import { Modal } from './modal.tsx';

/** Rooms, and those commands that need nothing else, by a few letters of their names. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { rooms } = useSession();
  const actions = useActions();
  const entries = useStore(rooms);
  const [query, setQuery] = useState('');
  const wanted = query.trim().replace(/^#/, '').toLowerCase();

  const unread = (of: { unread: number; mentions: number }) => of.mentions * 1_000 + of.unread;
  const inRooms = entries
    .toSorted((a, b) => unread(b) - unread(a))
    .map(({ room, unread: many }) => ({
      label: `#${room}`,
      detail: many > 0 ? strings.rooms.unread(many) : strings.palette.goTo,
      run: () => actions.goTo(room),
    }));
  const doings: Readonly<Record<string, () => void>> = {
    next: actions.nextUnread,
    who: actions.showMembers,
    leave: () => actions.leave(route.get()),
    rooms: () => actions.open('rooms'),
    settings: () => actions.open('settings'),
    help: () => actions.open('help'),
  };
  const inCommands = commandsOf('browser').flatMap(({ name, help }) => {
    const run = doings[name];
    return run === undefined ? [] : [{ label: `/${name}`, detail: help, run }];
  });
  const isNew =
    new RegExp(roomNamePattern).test(wanted) && !entries.some(({ room }) => room === wanted);
  const inNew = isNew
    ? [
        {
          label: `#${wanted}`,
          detail: strings.palette.make(wanted),
          run: () => actions.goTo(wanted),
        },
      ]
    : [];

  const found = [...inRooms, ...inCommands].filter(({ label, detail }) =>
    `${label} ${detail}`.toLowerCase().includes(wanted),
  );
  const first = (label: string) => Number(!label.slice(1).startsWith(wanted));
  found.sort((a, b) => first(a.label) - first(b.label));

  return (
    <Modal title={strings.palette.title} onClose={onClose}>
      <Choices
        label={strings.palette.label}
        placeholder={strings.palette.placeholder}
        query={query}
        choices={[...found, ...inNew]}
        nothing={strings.palette.nothing}
        onQuery={setQuery}
        onChosen={onClose}
      />
    </Modal>
  );
}
