import type { TimelineMessage } from '../client/timeline.ts';
import { strip } from './strip.ts';

/** How far an own message has come, in words; nothing where it is where it belongs. */
export function delivery(message: TimelineMessage, online: boolean): string {
  switch (message.state) {
    case 'sent':
      return '';
    case 'pending':
      return online ? 'Sending' : 'Kept here; sent when the server is back';
    case 'failed':
      return `Not sent: ${strip(message.why.message)}. Retry or discard it.`;
  }
}
