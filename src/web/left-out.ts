/**
 * Stands in for two libraries that the reader of markdown brings along: documents have HTML and
 * `&amp;`, messages do not. In browsers the second one would ask `innerHTML`, which is not asked
 * for anything here.
 */
export const htmlBlockNames: readonly string[] = [];
export const htmlRawNames: readonly string[] = [];

export function decodeNamedCharacterReference(): false {
  return false;
}
