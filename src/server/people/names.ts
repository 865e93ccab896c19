import { readFileSync } from 'node:fs';
import { limits, Refusal } from '../../protocol/index.ts';

/** Unassigned, control, format, private, separators, and what is drawn as nothing. */
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
const STARTS_WITH_MARK = /^\p{M}/u;

/** The name as it is kept and shown. Throws `name_invalid`. */
export function properName(raw: string): string {
  if (!raw.isWellFormed()) throw refused('has half a surrogate pair in it');
  const name = raw.normalize('NFKC');
  const length = [...name].length;
  if (length === 0) throw refused('is empty');
  if (length > limits.nameChars) throw refused(`is longer than ${limits.nameChars} characters`);
  if (UNSEEN.test(name)) throw refused('has white space, control or invisible characters in it');
  if (STARTS_WITH_MARK.test(name))
    throw refused('starts with a mark that needs a letter before it');
  return name;
}

/**
 * Every form under which a name is held. Two names are one when they share a form:
 * the first compares them as they are spelt, the second as they look in capitals, since
 * a capital may look like quite another letter than its small one.
 */
export function nameForms(name: string): string[] {
  const spelt = foldCase(skeleton(foldCase(name)));
  const seen = foldCase(skeleton(name));
  return spelt === seen ? [spelt] : [spelt, seen];
}

function refused(why: string): Refusal {
  const message = `that name ${why}; choose 1 to ${limits.nameChars} visible characters without spaces`;
  return new Refusal('name_invalid', message, { field: 'name' });
}

function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** As UTS 39 has it: what the text looks like, the same for all that looks the same. */
function skeleton(text: string): string {
  return [...text.normalize('NFD')]
    .map((character) => lookalikes().get(character) ?? character)
    .join('')
    .normalize('NFD');
}

let table: ReadonlyMap<string, string> | undefined;

/** Read on the first use, which a start does not have to wait for. */
function lookalikes(): ReadonlyMap<string, string> {
  if (table !== undefined) return table;
  const read = new Map<string, string>();
  const lines = readFileSync(new URL('./confusables.txt', import.meta.url), 'utf8').split('\n');
  for (const line of lines) {
    const [looks, characters] = line.split(' ');
    if (looks === undefined || characters === undefined || line.startsWith('# ')) continue;
    for (const character of characters) read.set(character, looks);
  }
  table = read;
  return read;
}
