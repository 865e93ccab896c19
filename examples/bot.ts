/** Answers "ping" in a room: node examples/bot.ts http://127.0.0.1:2428 general */
import { createClient } from '../src/client/index.ts';

const [url = 'http://127.0.0.1:2428', name = 'general'] = process.argv.slice(2);
const client = createClient({ url, name: 'pingbot' });
const room = client.room(name);
const events = client.events('message');
await room.join();
console.log(`in ${name}`);

for await (const event of events) {
  if (event.type !== 'message' || event.room !== name) continue;
  if (event.text === 'ping') room.send('pong', { replyTo: event.seq });
}
