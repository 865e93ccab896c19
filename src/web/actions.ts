import { createContext, useContext } from 'react';

/** What can be asked of the interface, by a key, a click, a command or the palette alike. */
export interface Actions {
  goTo(room: string): void;
  leave(room: string): void;
  nextUnread(): void;
  /** `words` are what is looked for in it at first. */
  open(dialog: Dialog, words?: string): void;
  toggleMembers(): void;
  showMembers(): void;
  /** The list of rooms, where the page is too narrow to show it always. */
  toggleRooms(): void;
  /** Says something to the person alone, for a moment. */
  say(sentence: string): void;
  signOut(): void;
}

export type Dialog = 'palette' | 'help' | 'settings' | 'create' | 'rooms';

export const ActionsContext = createContext<Actions | undefined>(undefined);

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (actions === undefined) throw new Error('this is only for what is inside the chat');
  return actions;
}
