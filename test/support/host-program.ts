import { hosting } from '../../bench/host.ts';
import type { Peer } from '../../bench/peers.ts';

/** Hosts a server that does nothing, says its pid and its folder, and waits for its own end. */
const url = 'http://127.0.0.1:1';
let folder = '';
const peer: Peer = {
  name: 'mute',
  what: 'a server that does nothing',
  durable: false,
  rooms: false,
  dialect: 'plain',
  command: (data) => {
    folder = data;
    return [process.execPath, '-e', `console.log('${url}'); setInterval(() => {}, 1000)`];
  },
  needs: [],
};
await hosting(peer, '5s', async (_url, pid) => {
  console.log(`${pid} ${folder}`);
  await new Promise(() => setInterval(() => {}, 1000));
});
