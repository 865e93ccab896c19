import type { Person } from '../../src/protocol/index.ts';
import type { Frame } from './peer.ts';

/** Who a peer is, as everyone else sees it. */
export function personOf({ welcome }: { readonly welcome: Frame }): Person {
  const { id, name } = Object(welcome.user);
  return { id, name };
}
