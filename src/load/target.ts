import { type Address, type Dial, dial } from './wire.ts';

/** The server under load, and how it is reached. Nothing else is ever connected to. */
export type Target = Address & { readonly authority: string; readonly dial: Dial };

/** Takes http, https, ws and wss addresses; throws a `TypeError` that says what is wrong. */
export function targetOf(address: string, by: Dial = dial): Target {
  const url = URL.parse(address);
  if (url === null || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new TypeError(`"${address}" is no address; write one like http://127.0.0.1:2428`);
  }
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 443 : 80)),
    tls: secure,
    authority: url.host,
    dial: by,
  };
}
