import type { Person, ServerEvent } from '../protocol/events.ts';
import { limits } from '../protocol/limits.ts';

/** Who is in a room now: the first 200 by name, all of them by number. */
export class Roster {
  members: readonly Person[] = [];
  count = 0;

  set(members: readonly Person[], count: number): void {
    this.members = members;
    this.count = count;
  }

  apply(event: Extract<ServerEvent, { type: 'connected' | 'disconnected' | 'presence' }>): void {
    if (event.type === 'presence') {
      this.count = event.memberCount;
      return;
    }
    const { user } = event;
    const others = this.members.filter((member) => member.id !== user.id);
    const listed = others.length < this.members.length;
    if (event.type === 'disconnected') {
      if (listed || this.count > this.members.length) this.count -= 1;
      this.members = others;
    } else if (!listed) {
      this.count += 1;
      if (others.length < limits.listedMembers) this.members = [...others, user];
    }
  }
}
