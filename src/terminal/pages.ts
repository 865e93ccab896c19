import { strip } from '../chat/strip.ts';
import { choices, type SettingName } from './settings.ts';
import type { Page, PageLine, RoomSummary, State } from './state.ts';

/** Who is in the room. */
export function whoPage({ timeline }: State): Page {
  const { members, memberCount, room } = timeline;
  const names = members.map(({ name }) => strip(name)).toSorted((a, b) => a.localeCompare(b));
  const missing = memberCount - members.length;
  const more = missing > 0 ? [plain(`and ${missing} more`)] : [];
  return {
    title: `In #${strip(room)}: ${memberCount}`,
    lines: [...names.map(plain), ...more],
  };
}

/** The rooms that the server has. */
export function roomsPage(rooms: readonly RoomSummary[]): Page {
  const lines = rooms.map(({ room, title, topic, memberCount, joined }): PageLine => {
    const about = [strip(title), strip(topic)].filter((text) => text !== '').join(' · ');
    const facts = `${memberCount} here${joined ? ', with you' : ''}`;
    return {
      kind: 'entry',
      term: `#${strip(room)}`,
      text: about === '' ? facts : `${facts} · ${about}`,
    };
  });
  const nothing = lines.length === 0 ? [plain('There is no such room. /create makes one.')] : [];
  return {
    title: 'Rooms',
    lines: [...nothing, ...lines, plain(''), plain('/join room goes into one.')],
  };
}

/** What can be set, and how it is. */
export function settingsPage({ settings }: State): Page {
  const names: readonly SettingName[] = ['theme', 'time', 'rooms', 'members', 'bell'];
  const lines = names.map((name): PageLine => {
    const options = choices[name].map((choice) =>
      choice === settings[name] ? `[${choice}]` : choice,
    );
    return { kind: 'entry', term: name, text: `${options.join('  ')}   ${meanings[name]}` };
  });
  const how = 'To change one: /settings name value, as in /settings bell off';
  return { title: 'Settings', lines: [...lines, plain(''), plain(how)] };
}

const meanings: Readonly<Record<SettingName, string>> = {
  theme: 'the colours',
  time: 'how times are written',
  rooms: 'the list of rooms, where there is space',
  members: 'the list of people, where there is space',
  bell: 'what rings the bell',
};

function plain(text: string): PageLine {
  return { kind: 'plain', text };
}
