import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';

/** What no terminal may get to see of other people's words. `6661` is nothing that a client says. */
const payloads = [
  '\u001b[6661m',
  '\u001b]52;c;6661\u0007',
  '\u001b]8;;http://6661\u001b\\',
  '\u001bP6661\u001b\\',
  '\u009b6661m',
  '\u009d6661\u009c',
  '\u0007\u0008\u000e\u007f\r',
  '\u202e\u2066\u200f',
  `e${'\u0301'.repeat(200)}`,
].join('');

/** A word that is to be seen, and behind it everything that must not be obeyed. */
function hostile(word: string): string {
  return `${word}${payloads}`;
}

/** Whoever signs in under this name. */
export const refused = 'nobody';

/** A server that means ill: every text that it sends is full of what screens obey. */
export async function hostileServer(test: TestContext): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws' });
  test.after(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  server.on('connection', (socket) => {
    socket.on('message', (data) => answer(socket, JSON.parse(String(data))));
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens nowhere');
  return `http://127.0.0.1:${address.port}`;
}

const at = Date.UTC(2026, 10, 23, 9);
const bob = { id: 'u_bob', name: hostile('mallory') };
const facts = {
  kind: 'public',
  title: hostile('title'),
  topic: hostile('topic'),
  role: 'member',
  read: 0,
  members: [bob],
  memberCount: 1,
  catchUp: 'reset',
  hasOlder: false,
};

function answer(socket: WebSocket, command: Record<string, unknown>): void {
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  const reply = (frame: object) => say({ type: 'ok', ref: command.ref, ...frame });
  switch (command.type) {
    case 'hello':
      if (command.name === refused) {
        say({ type: 'error', ref: command.ref, code: 'forbidden', message: hostile('refusal') });
        break;
      }
      say({
        type: 'welcome',
        ref: command.ref,
        session: 's',
        user: { id: 'u_ann', name: hostile('ann'), kind: 'guest' },
        epoch: 'e',
        server: { name: hostile('server'), version: hostile('1') },
        heartbeat: { everyMs: 60_000, timeoutMs: 120_000 },
        limits: { frameBytes: 65_536, textChars: 4_000 },
        rooms: [{ room: hostile('room'), head: 5, read: 0, unread: 5, mentions: 5 }],
      });
      break;
    case 'join': {
      const { room } = command;
      const texts = [
        hostile('text'),
        `**${hostile('bold')}** \`${hostile('code')}\``,
        `[${hostile('link')}](https://example.org/${payloads})`,
        `\`\`\`\n${hostile('fence')}\n\`\`\``,
      ];
      const messages = texts.map((text, n) => ({
        room,
        seq: n + 1,
        at,
        from: bob,
        text,
        replyTo: 1,
      }));
      reply({ room, ...facts, head: messages.length, messages });
      say({ type: 'connected', room, user: { id: 'u_x', name: hostile('comer') }, at });
      say({ type: 'typing', room, user: { id: 'u_x', name: hostile('typist') } });
      break;
    }
    case 'rooms':
      reply({
        rooms: [
          {
            room: hostile('listed'),
            kind: 'public',
            title: hostile('listedtitle'),
            topic: hostile('listedtopic'),
            head: 1,
            memberCount: 1,
            joined: false,
          },
        ],
      });
      break;
    case 'setTopic':
      say({ type: 'error', ref: command.ref, code: 'forbidden', message: hostile('refusal') });
      break;
    case 'typing':
      say({ type: 'notice', level: 'warning', text: hostile('notice'), at });
      break;
    default:
      reply({ at, room: command.room, seq: 4 });
  }
}
