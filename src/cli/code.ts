const LONGEST_FENCE = 19;

/** How many characters `code` adds at the most. */
export const codeChars = 2 * (LONGEST_FENCE + 1);

/** The text as a block of code, whose fence is longer than any in the text. */
export function code(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.min(LONGEST_FENCE, Math.max(3, ...runs.map((run) => run + 1))));
  return `${fence}\n${text}\n${fence}`;
}
