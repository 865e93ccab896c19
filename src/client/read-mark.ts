import { ChinwagError } from './error.ts';
import type { House } from './house.ts';

/** How far this person has read a room: forward only, told to the server one mark at a time. */
export class ReadMark {
  readonly #room: string;
  readonly #house: House;
  #seq = 0;
  #told = 0;
  #telling = false;

  constructor(room: string, house: House) {
    this.#room = room;
    this.#house = house;
  }

  get seq(): number {
    return this.#seq;
  }

  /** What the server knows. `afresh`: its history is another one, and the old mark is void. */
  heard(seq: number, afresh = false): void {
    this.#seq = afresh ? seq : Math.max(this.#seq, seq);
    this.#told = afresh ? seq : Math.max(this.#told, seq);
  }

  move(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
  }

  /** Tells the server what it does not know yet. A mark that is lost on the way goes with the next. */
  tell(): void {
    if (this.#telling || this.#seq <= this.#told) return;
    const seq = this.#seq;
    this.#telling = true;
    this.#house.connection.ask({ type: 'read', room: this.#room, seq }, (answer) => {
      this.#telling = false;
      if (answer instanceof ChinwagError) return;
      this.#told = Math.max(this.#told, seq);
      this.tell();
    });
  }
}
