import type { RoomEvent } from '../../protocol/index.ts';
import type { Bus } from './bus.ts';

/** The bus of a server that is the only one. */
export class LocalBus implements Bus {
  #listener: (event: RoomEvent) => void = () => {};

  publish(event: RoomEvent): void {
    this.#listener(event);
  }

  listen(listener: (event: RoomEvent) => void): void {
    this.#listener = listener;
  }
}
