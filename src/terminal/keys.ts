/** Every key there is: what the client does at each, and what help and docs/terminal.md say of it. */
type Binding = {
  /** As `input.ts` names them; the first is the one to show where there is room for one. */
  readonly keys: readonly string[];
  readonly does: string;
  readonly help: string;
};

export const keyTable = {
  talking: [
    { keys: ['enter'], does: 'send', help: 'send the message, or run the command' },
    {
      keys: ['alt-enter', 'shift-enter', 'ctrl-j'],
      does: 'newLine',
      help: 'begin a new line in the message',
    },
    {
      keys: ['tab'],
      does: 'complete',
      help: 'complete a name, room, emoji or command; again for the next',
    },
    { keys: ['shift-tab'], does: 'completeBack', help: 'back to the completion before' },
    { keys: ['up'], does: 'up', help: 'a line up; on the first line, what was sent before' },
    { keys: ['down'], does: 'down', help: 'a line down, or back to what was being written' },
    { keys: ['alt-a'], does: 'nextUnread', help: 'the next room with a mention, or else unread' },
    { keys: ['ctrl-k'], does: 'findOrKill', help: 'go to: with text after the caret, cut that' },
    { keys: ['alt-k'], does: 'find', help: 'go to any room, command or person' },
    {
      keys: ['alt-1', 'alt-2', 'alt-3', 'alt-4', 'alt-5', 'alt-6', 'alt-7', 'alt-8', 'alt-9'],
      does: 'roomNumber',
      help: 'the room of that number',
    },
    { keys: ['alt-left', 'ctrl-p'], does: 'previousRoom', help: 'the room above' },
    { keys: ['alt-right', 'ctrl-n'], does: 'nextRoom', help: 'the room below' },
    { keys: ['pageup'], does: 'pageUp', help: 'older messages' },
    { keys: ['pagedown'], does: 'pageDown', help: 'newer messages' },
    { keys: ['end'], does: 'latest', help: 'the latest message, and the end of the line' },
    {
      keys: ['ctrl-up', 'alt-up'],
      does: 'select',
      help: 'choose a message: to answer it, or to retry or discard one that failed',
    },
    { keys: ['ctrl-f'], does: 'search', help: 'search what is loaded of this room' },
    { keys: ['ctrl-l'], does: 'repaint', help: 'draw the screen anew' },
    { keys: ['f1'], does: 'help', help: 'this page' },
    { keys: ['f2'], does: 'toggleRooms', help: 'show or hide the rooms' },
    { keys: ['f3'], does: 'toggleMembers', help: 'show or hide the people' },
    { keys: ['escape'], does: 'cancel', help: 'give up an answer, or close what is open' },
    {
      keys: ['ctrl-c'],
      does: 'interrupt',
      help: 'empty the line; on an empty one, twice to leave',
    },
    {
      keys: ['ctrl-d'],
      does: 'deleteOrLeave',
      help: 'delete to the right; on an empty line, leave',
    },
  ],
  writing: [
    { keys: ['left', 'ctrl-b'], does: 'left', help: 'left' },
    { keys: ['right'], does: 'right', help: 'right' },
    { keys: ['ctrl-left', 'alt-b'], does: 'wordLeft', help: 'a word left' },
    { keys: ['ctrl-right', 'alt-f'], does: 'wordRight', help: 'a word right' },
    { keys: ['ctrl-a', 'home'], does: 'lineStart', help: 'the start of the line' },
    { keys: ['ctrl-e'], does: 'lineEnd', help: 'the end of the line' },
    { keys: ['backspace', 'ctrl-h'], does: 'eraseLeft', help: 'delete to the left' },
    { keys: ['delete'], does: 'eraseRight', help: 'delete to the right' },
    {
      keys: ['ctrl-w', 'alt-backspace', 'ctrl-backspace'],
      does: 'killWordLeft',
      help: 'cut the word to the left',
    },
    { keys: ['alt-d', 'ctrl-delete'], does: 'killWordRight', help: 'cut the word to the right' },
    { keys: ['ctrl-u'], does: 'killLineStart', help: 'cut to the start of the line' },
    { keys: ['ctrl-y'], does: 'yank', help: 'put back what was cut' },
  ],
  choosing: [
    { keys: ['up', 'k', 'ctrl-up', 'alt-up'], does: 'older', help: 'the message above' },
    { keys: ['down', 'j', 'ctrl-down', 'alt-down'], does: 'newer', help: 'the message below' },
    { keys: ['enter', 'r'], does: 'reply', help: 'answer it' },
    { keys: ['t'], does: 'retry', help: 'send again one that failed' },
    { keys: ['d'], does: 'discard', help: 'discard one that was not sent' },
    { keys: ['escape', 'q', 'ctrl-c'], does: 'done', help: 'back to writing' },
  ],
  searching: [
    { keys: ['enter', 'up'], does: 'older', help: 'the match before' },
    { keys: ['shift-enter', 'down'], does: 'newer', help: 'the match after' },
    { keys: ['tab', 'ctrl-f'], does: 'stay', help: 'stay there' },
    { keys: ['escape', 'ctrl-c'], does: 'back', help: 'back to where you were' },
  ],
  finding: [
    { keys: ['up', 'ctrl-p'], does: 'above', help: 'the one above' },
    { keys: ['down', 'ctrl-n', 'tab', 'ctrl-k'], does: 'below', help: 'the one below' },
    { keys: ['enter'], does: 'choose', help: 'go there, or put it into the message' },
    { keys: ['escape', 'ctrl-c'], does: 'close', help: 'close' },
  ],
  reading: [
    { keys: ['up', 'k'], does: 'up', help: 'a line up' },
    { keys: ['down', 'j', 'enter'], does: 'down', help: 'a line down' },
    { keys: ['pageup'], does: 'pageUp', help: 'a page up' },
    { keys: ['pagedown'], does: 'pageDown', help: 'a page down' },
    { keys: ['escape', 'q', 'f1', 'ctrl-c'], does: 'close', help: 'close' },
  ],
  naming: [
    { keys: ['enter'], does: 'take', help: 'come in under this name' },
    { keys: ['ctrl-c', 'ctrl-d', 'escape'], does: 'leave', help: 'leave' },
  ],
} as const satisfies Readonly<Record<string, readonly Binding[]>>;

/** What a person is doing: the same key may do something else in each. */
export type Mode = keyof typeof keyTable;
export type ActionOf<M extends Mode> = (typeof keyTable)[M][number]['does'];

/** What each part of the table is called on the page of help. */
export const modeTitles: Readonly<Record<Mode, string>> = {
  talking: 'Talking',
  writing: 'Writing',
  choosing: 'Choosing a message',
  searching: 'Searching',
  finding: 'Going somewhere',
  reading: 'Reading a page like this one',
  naming: 'Choosing a name',
};

/** What each key does in each mode. */
export const bindings = {
  talking: bind(keyTable.talking),
  writing: bind(keyTable.writing),
  choosing: bind(keyTable.choosing),
  searching: bind(keyTable.searching),
  finding: bind(keyTable.finding),
  reading: bind(keyTable.reading),
  naming: bind(keyTable.naming),
} as const;

function bind<D extends string>(
  table: readonly { readonly keys: readonly string[]; readonly does: D }[],
): ReadonlyMap<string, D> {
  return new Map(table.flatMap(({ keys, does }) => keys.map((key) => [key, does] as const)));
}
