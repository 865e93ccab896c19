import type { RoomEvent } from '../../src/protocol/index.ts';
import type { Bus } from '../../src/server/bus/bus.ts';
import type { Dice } from './seed.ts';

/** How many events may overtake one that is held back. */
const HELD_BACK = 8;

/** A bus from another node at its worst: it loses, repeats and reorders what is published. */
export class LossyBus implements Bus {
  readonly #dice: Dice;
  #listener: (event: RoomEvent) => void = () => {};
  #held: RoomEvent[] = [];
  lost = 0;
  repeated = 0;
  overtaken = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  publish(event: RoomEvent): void {
    if (this.#dice.chance(20)) {
      this.lost += 1;
      return;
    }
    this.#held.push(event);
    if (this.#dice.chance(20)) {
      this.repeated += 1;
      this.#held.push(event);
    }
    while (this.#held.length > this.#dice.below(HELD_BACK)) this.#passOneOn();
  }

  listen(listener: (event: RoomEvent) => void): void {
    this.#listener = listener;
  }

  #passOneOn(): void {
    const at = this.#dice.below(this.#held.length);
    if (at > 0) this.overtaken += 1;
    for (const event of this.#held.splice(at, 1)) this.#listener(event);
  }
}
