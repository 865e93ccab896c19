import type { LanguageFn } from 'highlight.js';

interface Language {
  readonly name: string;
  /** Each comes only when somebody shows code in it. */
  readonly load: () => Promise<{ readonly default: LanguageFn }>;
}

const languages: readonly (Language & { readonly aliases: readonly string[] })[] = [
  {
    name: 'bash',
    aliases: ['sh', 'shell', 'zsh', 'console'],
    load: () => import('highlight.js/lib/languages/bash'),
  },
  { name: 'c', aliases: ['h'], load: () => import('highlight.js/lib/languages/c') },
  {
    name: 'cpp',
    aliases: ['c++', 'cc', 'hpp'],
    load: () => import('highlight.js/lib/languages/cpp'),
  },
  { name: 'css', aliases: [], load: () => import('highlight.js/lib/languages/css') },
  { name: 'diff', aliases: ['patch'], load: () => import('highlight.js/lib/languages/diff') },
  { name: 'go', aliases: ['golang'], load: () => import('highlight.js/lib/languages/go') },
  { name: 'java', aliases: [], load: () => import('highlight.js/lib/languages/java') },
  {
    name: 'javascript',
    aliases: ['js', 'jsx', 'mjs'],
    load: () => import('highlight.js/lib/languages/javascript'),
  },
  { name: 'json', aliases: ['jsonc'], load: () => import('highlight.js/lib/languages/json') },
  { name: 'python', aliases: ['py'], load: () => import('highlight.js/lib/languages/python') },
  { name: 'ruby', aliases: ['rb'], load: () => import('highlight.js/lib/languages/ruby') },
  { name: 'rust', aliases: ['rs'], load: () => import('highlight.js/lib/languages/rust') },
  { name: 'sql', aliases: [], load: () => import('highlight.js/lib/languages/sql') },
  {
    name: 'typescript',
    aliases: ['ts', 'tsx'],
    load: () => import('highlight.js/lib/languages/typescript'),
  },
  {
    name: 'xml',
    aliases: ['html', 'svg'],
    load: () => import('highlight.js/lib/languages/xml'),
  },
  { name: 'yaml', aliases: ['yml'], load: () => import('highlight.js/lib/languages/yaml') },
];

/** The language that goes by this name, in any case. */
export function languageOf(name: string): Language | undefined {
  const wanted = name.toLowerCase();
  return languages.find((one) => one.name === wanted || one.aliases.includes(wanted));
}
