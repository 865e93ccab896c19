import { type Command, command } from './command.ts';
import { flags } from './flags.ts';

/** Every command there is: what runs, what `help` lists and what a shell completes. */
export const commands: readonly Command[] = [
  command({
    name: 'serve',
    takes: '',
    summary: 'host rooms',
    flags: flags.serve,
    load: async () => (await import('./serve.ts')).serve,
  }),
  command({
    name: 'join',
    takes: '[URL] [room]',
    summary: 'talk in a room',
    notes: 'Every line that comes in is sent, every line that is said comes out.',
    flags: flags.join,
    load: async () => (await import('./join.ts')).join,
  }),
  command({
    name: 'send',
    takes: '[URL] [room] [text | -]',
    summary: 'say something in a room',
    notes: `Without a text, or with "-", it says what comes in: lines that come together are one message.
It ends with 0 only when the server has all of it on disk; else stderr says what was not sent.`,
    flags: flags.send,
    load: async () => (await import('./send.ts')).send,
  }),
  command({
    name: 'tail',
    takes: '[URL] [room…]',
    summary: 'print the latest messages, and those that come',
    flags: flags.tail,
    load: async () => (await import('./tail.ts')).tail,
  }),
  command({
    name: 'rooms',
    takes: '[URL]',
    summary: 'list the rooms',
    flags: flags.rooms,
    load: async () => (await import('./rooms.ts')).rooms,
  }),
  command({
    name: 'who',
    takes: '[URL] [room]',
    summary: 'list who is in a room',
    flags: flags.who,
    load: async () => (await import('./who.ts')).who,
  }),
  command({
    name: 'bench',
    takes: 'URL',
    summary: 'measure a server and check every delivery',
    notes: `The server must run with --rate-limit off. Guests are signed in, in rooms of their own, and every
message must reach every member once and in order. Exit code 1 when one did not.`,
    flags: flags.bench,
    load: async () => (await import('./bench.ts')).bench,
  }),
  command({
    name: 'completion',
    takes: 'bash | zsh | fish',
    choices: ['bash', 'zsh', 'fish'],
    summary: 'print what makes a shell complete all this',
    notes: `  bash   source <(chinwag completion bash)      in ~/.bashrc
  zsh    source <(chinwag completion zsh)       in ~/.zshrc, after compinit
  fish   chinwag completion fish | source       in ~/.config/fish/config.fish`,
    flags: flags.completion,
    load: async () => (await import('./completion.ts')).completion,
  }),
];
