/** Answers "ping" in a room: node examples/bot.ts http://127.0.0.1:2428 general */
import { createClient } from '../src/client/index.ts';

const [url = 'http://127.0.0.1:2428', name = 'general'] = process.argv.slice(2);
const token = process.env.CHINWAG_TOKEN;
const client = createClient({ url, name: 'pingbot', token });
const events = client.events('message');
const me = await client.ready();
if (token === undefined) console.log(`to come back as the same bot: CHINWAG_TOKEN=${me.token}`);
const room = client.room(name);
await room.join();
for await (const event of events) {
  if (event.type !== 'message' || event.room !== name) continue;
  if (event.text === 'ping') room.send('pong', { replyTo: event.seq });
}
