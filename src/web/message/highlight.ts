import { createLowlight } from 'lowlight';
import { languageOf } from './languages.ts';

/** A run of characters of one kind, such as `keyword`; of no kind where that is empty. */
export interface Piece {
  readonly text: string;
  readonly kind: string;
}

const lowlight = createLowlight();

type Tree = ReturnType<typeof lowlight.highlight>;

/** Code in pieces that can have colours. A language that is not known gives it back whole. */
export async function highlight(name: string, text: string): Promise<readonly Piece[]> {
  const language = languageOf(name);
  if (language === undefined) return [{ text, kind: '' }];
  if (!lowlight.registered(language.name)) {
    lowlight.register(language.name, (await language.load()).default);
  }
  return pieces(lowlight.highlight(language.name, text), '');
}

function pieces(node: Tree | Tree['children'][number], kind: string): Piece[] {
  if (node.type === 'text') return [{ text: node.value, kind }];
  if (!('children' in node)) return [];
  const own = node.type === 'element' ? kindOf(node.properties.className) : kind;
  return node.children.flatMap((child) => pieces(child, own));
}

/** `hljs-keyword` is a `keyword`. */
function kindOf(names: unknown): string {
  const [name] = Array.isArray(names) ? names : [];
  return typeof name === 'string' ? name.replace(/^hljs-/, 'code-') : '';
}
