/** A number from 0 up to, not including, 1. Must be good enough that keys never meet. */
export type Random = () => number;

const RANGE = 2 ** 32;

/** From the platform's generator, which unlike `randomUUID` is there on plain http too. */
export const systemRandom: Random = () => {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word / RANGE;
};

/** 128 random bits: the name of one message, whatever happens to it on its way. */
export function newKey(random: Random): string {
  let key = '';
  for (let word = 0; word < 4; word += 1) {
    key += Math.floor(random() * RANGE)
      .toString(16)
      .padStart(8, '0');
  }
  return key;
}
