import { limits, type Person } from '../../protocol/index.ts';

/** Who is in a room now. A person is present as long as one of its sessions is. */
export class Presence {
  readonly #sessions = new Map<string, { person: Person; count: number }>();
  #listed: readonly Person[] | undefined;

  get count(): number {
    return this.#sessions.size;
  }

  /** Too many to name each one that comes and goes. */
  get isCrowd(): boolean {
    return this.count > limits.listedMembers;
  }

  /** True for the person's first session. */
  enter(person: Person): boolean {
    const here = this.#sessions.get(person.id);
    if (here !== undefined) {
      here.count += 1;
      return false;
    }
    if (this.count < limits.listedMembers) this.#listed = undefined;
    this.#sessions.set(person.id, { person, count: 1 });
    return true;
  }

  /** True for the person's last session. */
  leave(person: Person): boolean {
    const here = this.#sessions.get(person.id);
    if (here === undefined) return false;
    here.count -= 1;
    if (here.count > 0) return false;
    this.#sessions.delete(person.id);
    this.#listed = undefined;
    return true;
  }

  /** The first of those present, at most 200. The same array until they change. */
  list(): readonly Person[] {
    this.#listed ??= this.#sessions
      .values()
      .take(limits.listedMembers)
      .map(({ person }) => person)
      .toArray();
    return this.#listed;
  }
}
