import { describe, type TestContext } from 'node:test';
import type { Draft, NewPerson, Storage } from '../../src/server/storage/storage.ts';
import { historyContract } from './storage-history.ts';
import { peopleContract } from './storage-people.ts';
import { roomsContract } from './storage-rooms.ts';

/** One kind of storage, as the contract sees it. */
export type Kind = {
  readonly name: string;
  /** An empty storage that is closed when the test ends. */
  open(test: TestContext): Promise<Opened>;
};

export type Opened = {
  readonly storage: Storage;
  /** What the next start of a server finds: closed and opened again where it outlives the process. */
  again(): Promise<Storage>;
};

/** Everything that `storage.ts` promises, proven on one kind of storage. */
export function storageContract(kind: Kind): void {
  describe(`the storage contract on ${kind.name}`, { concurrency: true }, () => {
    historyContract(kind);
    roomsContract(kind);
    peopleContract(kind);
  });
}

export const ann = { id: 'u_ann', name: 'ann' };
export const bob = { id: 'u_bob', name: 'bob' };

export function message(room: string, text: string, more: Partial<Message> = {}): Message {
  return { type: 'message', room, at: 1_700_000_000_000, from: ann, text, ...more };
}
type Message = Extract<Draft, { type: 'message' }>;

export function newcomer(id: string, more: Partial<NewPerson> = {}): NewPerson {
  return { id, name: id, kind: 'guest', names: [id], at: 1_000, releaseBefore: 0, ...more };
}

/** A storage with ann, bob and a public room called `general`. */
export async function furnished(storage: Storage): Promise<Storage> {
  await storage.addPerson(newcomer(ann.id, { name: ann.name, names: [ann.name] }));
  await storage.addPerson(newcomer(bob.id, { name: bob.name, names: [bob.name] }));
  await storage.createRoom({ room: 'general', kind: 'public', title: '', at: 1_000 });
  return storage;
}
