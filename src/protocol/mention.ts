const WORD = /[\p{L}\p{N}_]/u;

/** What may be a name where no list of names is at hand: joined words, and pictures. */
const NAMED =
  /(?<![\p{L}\p{N}_])@((?:[\p{L}\p{M}\p{N}_\p{Extended_Pictographic}]|[-.](?=[\p{L}\p{N}_]))+)/gu;

/** A name that a text says, and where: `text.slice(start, end)` is `@name`. */
export type Mentioned = { readonly start: number; readonly end: number; readonly name: string };

/** Whether `text` says `@name`, in any case, as a word of its own. */
export function mentions(text: string, name: string): boolean {
  const haystack = text.toLowerCase();
  const needle = `@${name.toLowerCase()}`;
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 1)) {
    const after = haystack.slice(at + needle.length, at + needle.length + 2);
    const before = haystack.slice(Math.max(0, at - 2), at);
    if (!startsWithWord(after) && !endsWithWord(before)) return true;
  }
  return false;
}

/** Every name that `text` says, to whoever it belongs: `mentions` is true of each. */
export function mentioned(text: string): Mentioned[] {
  return [...text.matchAll(NAMED)].map(({ 0: said, 1: name = '', index }) => {
    return { start: index, end: index + said.length, name };
  });
}

function startsWithWord(text: string): boolean {
  const [first] = text;
  return first !== undefined && WORD.test(first);
}

function endsWithWord(text: string): boolean {
  const last = [...text].at(-1);
  return last !== undefined && WORD.test(last);
}
