import { Buffer } from 'node:buffer';
import { type PassingEvent, type RoomEvent, textFrame } from '../../protocol/index.ts';

/** One event on its way to the members of a room, encoded once for all of them. */
export type Parcel = {
  readonly event: RoomEvent | PassingEvent;
  readonly frame: Buffer;
  /** The id of a person who is not told. */
  readonly except?: string;
};

export function parcelOf(event: RoomEvent | PassingEvent, except?: string): Parcel {
  const bytes = textFrame(JSON.stringify(event));
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { event, frame, ...(except === undefined ? {} : { except }) };
}

/** What one flush of a room brings to every member: one buffer, shared. */
export class Batch {
  readonly parcels: readonly Parcel[];
  readonly #excepted: boolean;
  #all: Buffer | undefined;

  constructor(parcels: readonly Parcel[]) {
    this.parcels = parcels;
    this.#excepted = parcels.some(({ except }) => except !== undefined);
  }

  /** The frames for `person`, leaving out the first `skip`, which it has already seen. */
  bytesFor(person: string, skip: number): Buffer {
    if (skip > 0 || this.#excepted) {
      const wanted = this.parcels.filter(({ except }, n) => n >= skip && except !== person);
      if (wanted.length < this.parcels.length) return joined(wanted);
    }
    this.#all ??= joined(this.parcels);
    return this.#all;
  }
}

function joined(parcels: readonly Parcel[]): Buffer {
  const [only] = parcels;
  if (only !== undefined && parcels.length === 1) return only.frame;
  return Buffer.concat(parcels.map(({ frame }) => frame));
}
