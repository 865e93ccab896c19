import { delivery } from '../../chat/delivery.ts';
import type { TimelineMessage } from '../../client/index.ts';
import { useSession } from '../session.ts';
import { useStore } from '../use-store.ts';

/** How far an own message has come. Only what is not sent has it, and hears of the connection. */
export function Delivery({ message }: { readonly message: TimelineMessage }) {
  const { client } = useSession();
  const { status } = useStore(client.state);
  return <p class="delivery">{delivery(message, status === 'online')}</p>;
}
