import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import type { Dice } from './seed.ts';

/** How often in a thousand frames each of it happens. */
export type Unruliness = {
  readonly drop: number;
  readonly repeat: number;
  /** Passed on only after the next one. */
  readonly swap: number;
  /** Both ends lose the connection, and what was on its way. */
  readonly cut: number;
};

type Count = { -readonly [What in keyof Unruliness]: number };

/** Nothing follows what was held back: it goes on after so long. */
const HELD_MS = 20;

/** A way between clients and a server on which frames, both ways, do not fare as they should. */
export class UnrulyLink {
  readonly count: Count = { drop: 0, repeat: 0, swap: 0, cut: 0 };
  readonly #target: string;
  readonly #dice: Dice;
  readonly #unruliness: Unruliness;
  readonly #doors = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws' });
  readonly #sockets = new Set<WebSocket>();
  #isCalm = false;

  private constructor(target: string, dice: Dice, unruliness: Unruliness) {
    this.#target = `${target.replace('http', 'ws')}/ws`;
    this.#dice = dice;
    this.#unruliness = unruliness;
    this.#doors.on('connection', (near) => this.#connect(near));
  }

  static async to(test: TestContext, target: string, dice: Dice, unruliness: Unruliness) {
    const link = new UnrulyLink(target, dice, unruliness);
    test.after(() => link.#close());
    await once(link.#doors, 'listening');
    return link;
  }

  get url(): string {
    const address = this.#doors.address();
    if (address === null || typeof address === 'string') throw new Error('the link has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** From now on every frame arrives, once and in its turn. */
  calm(): void {
    this.#isCalm = true;
  }

  #connect(near: WebSocket): void {
    const far = new WebSocket(this.#target, near.protocol);
    const isOpen = once(far, 'open');
    isOpen.catch(() => near.terminate());
    const cut = () => {
      near.terminate();
      far.terminate();
    };
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      this.#sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.close();
      });
      const pass = this.#lane((text) => isOpen.then(() => to.send(text), cut), cut);
      from.on('message', (data) => pass(String(data)));
    }
  }

  /** What decides over each frame in one direction. The first, which signs in, always arrives. */
  #lane(send: (text: string) => void, cut: () => void): (text: string) => void {
    let isFirst = true;
    let held: string | undefined;
    const release = () => {
      if (held !== undefined) send(held);
      held = undefined;
    };
    return (text) => {
      const fate = isFirst || this.#isCalm ? 'pass' : this.#fate();
      isFirst = false;
      if (fate !== 'pass') this.count[fate] += 1;
      if (fate === 'drop') return;
      if (fate === 'cut') return cut();
      if (fate === 'swap' && held === undefined) {
        held = text;
        setTimeout(release, HELD_MS);
        return;
      }
      send(text);
      if (fate === 'repeat') send(text);
      release();
    };
  }

  #fate(): keyof Unruliness | 'pass' {
    const { drop, repeat, swap, cut } = this.#unruliness;
    let left = this.#dice.below(1_000);
    for (const [fate, share] of Object.entries({ drop, repeat, swap, cut })) {
      left -= share;
      if (left < 0 && isFate(fate)) return fate;
    }
    return 'pass';
  }

  #close(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#doors.close();
  }
}

function isFate(fate: string): fate is keyof Unruliness {
  return ['drop', 'repeat', 'swap', 'cut'].includes(fate);
}
