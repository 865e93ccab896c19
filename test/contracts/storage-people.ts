import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kind, newcomer } from './storage.ts';

/** People, the names they hold and the tokens that bring them back. */
export function peopleContract({ open }: Kind): void {
  test('a person is found by the hash of its token, also after the next start', async (t) => {
    const { storage, again } = await open(t);
    const person = newcomer('u_1', { name: 'Ann', names: ['ann'], tokenHash: 'h1', at: 5 });
    assert.deepEqual(await storage.addPerson(person), { kind: 'added' });
    const record = { id: 'u_1', name: 'Ann', kind: 'guest', seenAt: 5, hasToken: true };
    assert.deepEqual(await storage.personByToken('h1'), record);
    assert.equal(await storage.personByToken('h2'), undefined);
    assert.deepEqual(await (await again()).personByToken('h1'), record);
  });

  test('every form of a name is held, and a refused claim adds nobody', async (t) => {
    const { storage, again } = await open(t);
    const holder = newcomer('u_1', { names: ['ann', 'ANN-seen'], tokenHash: 'h1', at: 5 });
    await storage.addPerson(holder);
    for (const form of holder.names) {
      const late = newcomer('u_2', { names: ['free', form], tokenHash: 'h2' });
      const claim = await storage.addPerson(late);
      assert.equal(claim.kind, 'taken');
      assert.equal(claim.kind === 'taken' && claim.holder.id, 'u_1');
    }
    assert.equal(await storage.personByToken('h2'), undefined);
    const reopened = await again();
    assert.equal((await reopened.addPerson(newcomer('u_3', { names: ['ann'] }))).kind, 'taken');
    const free = newcomer('u_4', { names: ['free'], tokenHash: 'h4' });
    assert.equal((await reopened.addPerson(free)).kind, 'added');
  });

  test('of two who claim a name at once, one gets it', async (t) => {
    const { storage } = await open(t);
    const claims = ['u_1', 'u_2'].map((id) => storage.addPerson(newcomer(id, { names: ['ann'] })));
    const kinds = (await Promise.all(claims)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['added', 'taken']);
  });

  test('a guest keeps its name until the hour named, then loses it and its token', async (t) => {
    const { storage } = await open(t);
    await storage.addPerson(newcomer('u_1', { names: ['ann', 'seen'], tokenHash: 'h1', at: 100 }));
    const claim = (releaseBefore: number) =>
      storage.addPerson(newcomer('u_2', { names: ['ann'], tokenHash: 'h2', releaseBefore }));
    assert.equal((await claim(100)).kind, 'taken', 'seen at that very moment');
    assert.deepEqual(await claim(101), { kind: 'added' });
    assert.equal(await storage.personByToken('h1'), undefined);
    assert.equal((await storage.personByToken('h2'))?.id, 'u_2');
    const other = newcomer('u_3', { names: ['seen'] });
    assert.equal((await storage.addPerson(other)).kind, 'added', 'all of its forms are free');
  });

  test('a visit keeps the name longer, and never dates it back', async (t) => {
    const { storage } = await open(t);
    await storage.addPerson(newcomer('u_1', { names: ['ann'], tokenHash: 'h1', at: 100 }));
    await storage.seen('u_1', 500);
    await storage.seen('u_1', 300);
    await storage.seen('u_nobody', 300);
    assert.equal((await storage.personByToken('h1'))?.seenAt, 500);
    const claim = await storage.addPerson(newcomer('u_2', { names: ['ann'], releaseBefore: 500 }));
    assert.equal(claim.kind, 'taken');
  });

  test('a person without a token is said to have none', async (t) => {
    const { storage } = await open(t);
    await storage.addPerson(newcomer('u_1', { names: ['ann'], at: 7 }));
    const claim = await storage.addPerson(newcomer('u_2', { names: ['ann'] }));
    const holder = { id: 'u_1', name: 'u_1', kind: 'guest', seenAt: 7, hasToken: false };
    assert.deepEqual(claim, { kind: 'taken', holder });
  });
}
