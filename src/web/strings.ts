/** Every word of the interface. */
export const strings = {
  app: 'chinwag',

  signIn: {
    title: 'Come in',
    lead: 'Pick a name and talk. No account, no password.',
    name: 'Your name',
    submit: 'Come in',
    busy: 'Knocking …',
    unreachable: 'The server does not answer. We keep trying; check your network meanwhile.',
  },

  room: {
    loading: 'Opening the room …',
    empty: 'Nothing has been said here yet.',
    emptyHint: 'Say hello: whoever comes later will find it.',
    messages: (room: string) => `Messages in ${room}`,
  },

  composer: {
    label: (room: string) => `Message to ${room}`,
    placeholder: (room: string) => `Message #${room}`,
    send: 'Send',
  },

  message: {
    pending: 'on its way',
    failed: 'not sent',
  },
} as const;
