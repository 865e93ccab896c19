import { names } from '../chat/format.ts';
import { strip } from '../chat/strip.ts';

/** Somebody came or went. */
export type Passing = { readonly name: string; readonly came: boolean };

/** Who came and went in each room, under the `seq` of the message after which they did. */
export type Passings = ReadonlyMap<string, ReadonlyMap<number, readonly Passing[]>>;

/** What is older is nobody's concern any more. */
const KEPT_PLACES = 200;
const KEPT_AT_A_PLACE = 50;

export function passed(all: Passings, room: string, after: number, passing: Passing): Passings {
  const places = new Map(all.get(room));
  const here = places.get(after) ?? [];
  places.set(after, [...here, passing].slice(-KEPT_AT_A_PLACE));
  const [oldest] = places.keys();
  if (places.size > KEPT_PLACES && oldest !== undefined) places.delete(oldest);
  return new Map(all).set(room, places);
}

/** In one line, leaving out who went and came back: "ann and bob came · cat left". */
export function sumUp(passings: readonly Passing[]): string {
  const first = new Map<string, boolean>();
  const last = new Map<string, boolean>();
  for (const { name, came } of passings) {
    if (!first.has(name)) first.set(name, came);
    last.set(name, came);
  }
  const [came, left, visited] = [[], [], []] as [string[], string[], string[]];
  for (const [name, began] of first) {
    if (began && last.get(name) === true) came.push(strip(name));
    else if (began) visited.push(strip(name));
    else if (last.get(name) === false) left.push(strip(name));
  }
  const parts = [
    came.length > 0 ? `${names(came)} came` : '',
    left.length > 0 ? `${names(left)} left` : '',
    visited.length > 0 ? `${names(visited)} looked in` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
