import { count } from '../chat/format.ts';

/** Every word of the interface that is its own: what both clients say is in `src/chat/`. */
export const strings = {
  app: 'chinwag',
  outdated: 'A part of this page could not be fetched. Load it again when you are connected.',

  signIn: {
    title: 'Come in',
    lead: 'Pick a name and talk. No account, no password.',
    name: 'Your name',
    submit: 'Come in',
    busy: 'Coming in …',
    unreachable: 'The server does not answer. We keep trying; check your network meanwhile.',
  },

  rooms: {
    label: 'Rooms',
    create: 'New room',
    browse: 'All rooms',
    open: 'Show rooms',
    unread: (unread: number) => (unread === 1 ? '1 unread' : `${unread} unread`),
    mentions: (mentions: number) => (mentions === 1 ? '1 mention' : `${mentions} mentions`),
    refused: 'not let in',
  },

  room: {
    loading: 'Opening the room …',
    empty: 'Nothing has been said here yet',
    emptyHint: 'Say hello: whoever comes later will find it. /help shows what else there is.',
    refused: 'This room did not let you in',
    messages: (room: string) => `Messages in ${room}`,
    toLatest: 'Jump to latest',
    newMessages: (many: number) => (many === 1 ? '1 new message' : `${count(many)} new messages`),
    unread: 'New',
    tooFarBack: 'That message is too far back to be shown here.',
    noTopic: 'No topic yet. Set one with /topic',
    leave: 'Leave this room',
    left: (room: string) => `You left #${room}. It stays under “All rooms”.`,
    topic: (topic: string) => (topic === '' ? 'This room has no topic yet.' : `Topic: ${topic}`),
  },

  members: {
    label: (many: number) => `Here now: ${many}`,
    toggle: (many: number) => `Members, ${many} here`,
    more: (many: number) => `and ${many} more`,
    you: 'you',
  },

  composer: {
    label: (room: string) => `Message to ${room}`,
    placeholder: (room: string) => `Message #${room}`,
    send: 'Send',
    replyingTo: (name: string) => `Replying to ${name}`,
    replyingToUnknown: 'Replying to an earlier message',
    stopReply: 'Do not reply',
    suggestions: 'Suggestions',
    suggested: (many: number) =>
      many === 1 ? '1 suggestion; Tab takes it' : `${many} suggestions; arrows choose, Tab takes`,
    tooLong: (over: number) =>
      `${over} ${over === 1 ? 'character' : 'characters'} too many: shorten it or send it in parts`,
    left: (many: number) => `${many} characters left`,
    noReply: 'There is no message to reply to yet.',
    notFound: (words: string) =>
      `“${words}” is not in what is loaded. Scroll up for more and try again.`,
  },

  message: {
    you: 'you',
    reply: 'Reply',
    copy: 'Copy text',
    copied: 'Copied',
    copyFailed: 'The browser did not let us copy: mark the text and copy it by hand.',
    actions: 'Message actions',
    retry: 'Retry',
    discard: 'Discard',
    answer: 'In reply to',
    answerUnknown: 'In reply to an earlier message',
  },

  state: {
    label: 'Connection',
    online: 'Connected',
    connecting: 'Connecting …',
    waiting: 'Offline',
    closed: 'Signed out',
    retryNow: 'Try now',
    roundTrip: (ms: number) => `${Math.round(ms)} ms to the server`,
  },

  palette: {
    title: 'Go anywhere',
    key: 'Ctrl K',
    label: 'Find a room or a command',
    placeholder: 'Room or command …',
    nothing: 'Nothing is called that. Enter a room’s name in small letters to make it.',
    goTo: 'Go to room',
    make: (room: string) => `Make the room ${room}`,
  },

  create: {
    title: 'New room',
    name: 'Name',
    nameHint: 'Small letters, digits, dots and hyphens, such as “deploys”.',
    roomTitle: 'Title (optional)',
    submit: 'Make it',
    cancel: 'Cancel',
    nameWrong:
      'A room is named with small letters, digits, dots and hyphens; begin with a letter or digit.',
  },

  browse: {
    title: 'All rooms',
    label: 'Find a room',
    nothing: 'There is no such room yet. Make it with “New room”.',
    loading: 'Asking the server …',
    joined: 'joined',
    members: (many: number) => (many === 1 ? '1 person here' : `${many} people here`),
  },

  help: {
    title: 'Keys and commands',
    key: 'Ctrl /',
    keys: 'Keys',
    commands: 'Commands',
    close: 'Close',
  },

  keys: [
    ['Enter', 'Send'],
    ['Shift Enter', 'New line'],
    ['Tab', 'Take the suggestion'],
    ['Ctrl K', 'Go to any room or command'],
    ['Alt A', 'Next room with something new'],
    ['Alt ↑ ↓', 'Room above, room below'],
    ['↑ ↓', 'From message to message'],
    ['R', 'Reply to the chosen message'],
    ['Esc', 'Back to writing'],
    ['Ctrl /', 'This help; where one does not write, ? too'],
  ],

  settings: {
    title: 'Settings',
    theme: 'Colours',
    themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    density: 'Density',
    densities: { cosy: 'Cosy', compact: 'Compact' },
    time: 'Time',
    times: { auto: 'As the system', '24h': '13:30', '12h': '1:30 pm' },
    notices: 'Notifications',
    noticeKinds: { off: 'Off', mentions: 'When I am named', all: 'Every message' },
    noticesDenied:
      'The browser does not allow notifications here. Allow them in its settings for this site.',
    noticesImpossible: 'This browser shows notifications only on pages that came over https.',
    signedInAs: (name: string) => `Signed in as ${name}`,
    signOut: 'Sign out',
    signOutHint: 'This name is kept only here: without it you come back as somebody new.',
    open: 'Settings',
    changed: (name: string, value: string) => `${name} is ${value} now.`,
    noSuch: (name: string, known: readonly string[]) =>
      `There is no setting "${name}" to change here; there are ${known.join(', ')}.`,
    noneOf: (name: string, value: string, values: readonly string[]) =>
      `${name} can be ${values.join(', ')}, not "${value}".`,
  },

  announce: {
    message: (name: string, text: string) => `${name}: ${text}`,
    many: (many: number) => `${many} new messages`,
  },

  title: (room: string, waiting: number) =>
    `${waiting > 0 ? `(${count(waiting)}) ` : ''}#${room} · chinwag`,
} as const;
