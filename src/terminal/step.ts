import type { Settings } from './settings.ts';
import type { State } from './state.ts';

/** What a step asks of the world around it. */
export type Effect =
  | { readonly do: 'send'; readonly room: string; readonly text: string; readonly replyTo?: number }
  | { readonly do: 'retry' | 'discard'; readonly room: string; readonly key: string }
  /** Goes into a room and looks at it. */
  | { readonly do: 'open'; readonly room: string }
  /** Goes to where one should read next. */
  | { readonly do: 'openNext' }
  | { readonly do: 'create'; readonly room: string; readonly title: string | undefined }
  | { readonly do: 'leave'; readonly room: string }
  | { readonly do: 'setTopic'; readonly room: string; readonly topic: string }
  /** Asks which rooms there are: to go to one, or to read about them on a page. */
  | { readonly do: 'list'; readonly query: string | undefined; readonly isPage: boolean }
  | { readonly do: 'read'; readonly room: string; readonly seq: number }
  | { readonly do: 'typing'; readonly room: string }
  | { readonly do: 'keepDraft'; readonly room: string; readonly text: string }
  | { readonly do: 'keepSettings'; readonly settings: Settings }
  | { readonly do: 'signIn'; readonly name: string }
  | { readonly do: 'repaint' | 'quit' };

/** The state after something happened, and what is to be done about it. */
export type Step = { readonly state: State; readonly effects: readonly Effect[] };

export function step(state: State, ...effects: readonly Effect[]): Step {
  return { state, effects };
}
