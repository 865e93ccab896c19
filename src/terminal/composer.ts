import * as edit from './editor.ts';

/** How many sent texts ↑ goes back. */
const REMEMBERED = 100;

/** What a person writes in one room, and what was written and sent there before. */
export type Composer = {
  readonly editor: edit.Editor;
  /** What was cut last, for Ctrl-Y. */
  readonly killed: string;
  /** Sent before, oldest first. */
  readonly past: readonly string[];
  /** Which of them is being shown, and what was being written when that began. */
  readonly recalled: { readonly index: number; readonly own: string } | undefined;
  /** Some of it was pasted, in several lines. */
  readonly pasted: boolean;
  /** The `seq` of the message that this will answer. */
  readonly replyTo: number | undefined;
};

export function composerOf(draft: string): Composer {
  return {
    editor: edit.editorOf(draft),
    killed: '',
    past: [],
    recalled: undefined,
    pasted: false,
    replyTo: undefined,
  };
}

const composerMoves = {
  left: edit.left,
  right: edit.right,
  wordLeft: edit.wordLeft,
  wordRight: edit.wordRight,
  lineStart: edit.lineStart,
  lineEnd: edit.lineEnd,
} as const;

type ComposerMove = keyof typeof composerMoves;

export function move(composer: Composer, to: ComposerMove): Composer {
  const { editor } = composer;
  return { ...composer, editor: edit.moved(editor, composerMoves[to](editor)) };
}

/** Takes out what is between the caret and there, for good. */
export function erase(composer: Composer, to: ComposerMove): Composer {
  return written(composer, edit.cut(composer.editor, composerMoves[to](composer.editor)));
}

/** Takes out what is between the caret and there, to be put back by `yank`. */
export function kill(composer: Composer, to: ComposerMove): Composer {
  const { editor } = composer;
  const target = composerMoves[to](editor);
  const [from, end] = target < editor.caret ? [target, editor.caret] : [editor.caret, target];
  if (from === end) return composer;
  return { ...written(composer, edit.cut(editor, target)), killed: editor.text.slice(from, end) };
}

export function yank(composer: Composer): Composer {
  return type(composer, composer.killed);
}

export function type(composer: Composer, text: string): Composer {
  return written(composer, edit.insert(composer.editor, text));
}

export function paste(composer: Composer, text: string): Composer {
  return { ...type(composer, text), pasted: composer.pasted || text.includes('\n') };
}

/** The text with the caret elsewhere, as a completion leaves it. */
export function written(composer: Composer, editor: edit.Editor): Composer {
  return { ...composer, editor, recalled: undefined };
}

/** A line up, and from the first line to what was sent before. */
export function up(composer: Composer): Composer {
  const { editor, past, recalled } = composer;
  const above = edit.lineUp(editor);
  if (above !== undefined) return { ...composer, editor: edit.moved(editor, above) };
  const index = (recalled?.index ?? past.length) - 1;
  const text = past[index];
  if (text === undefined) return composer;
  const own = recalled?.own ?? editor.text;
  return { ...composer, editor: edit.editorOf(text), recalled: { index, own } };
}

/** A line down, and from the last line back towards what was being written. */
export function down(composer: Composer): Composer {
  const { editor, past, recalled } = composer;
  const below = edit.lineDown(editor);
  if (below !== undefined) return { ...composer, editor: edit.moved(editor, below) };
  if (recalled === undefined) return composer;
  const index = recalled.index + 1;
  const text = past[index];
  if (text === undefined) return written(composer, edit.editorOf(recalled.own));
  return { ...composer, editor: edit.editorOf(text), recalled: { ...recalled, index } };
}

/** Empty again, remembering what was sent. */
export function sent(composer: Composer): Composer {
  const { text } = composer.editor;
  const others = composer.past.filter((one) => one !== text);
  return {
    ...composerOf(''),
    killed: composer.killed,
    past: [...others, text].slice(-REMEMBERED),
  };
}
