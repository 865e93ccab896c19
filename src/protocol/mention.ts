const WORD = /[\p{L}\p{N}_]/u;

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

function startsWithWord(text: string): boolean {
  const [first] = text;
  return first !== undefined && WORD.test(first);
}

function endsWithWord(text: string): boolean {
  const last = [...text].at(-1);
  return last !== undefined && WORD.test(last);
}
