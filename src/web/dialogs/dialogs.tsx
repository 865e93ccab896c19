import type { Dialog } from '../actions.ts';
import { Browse } from './browse.tsx';
import { CreateRoom } from './create-room.tsx';
import { Help } from './help.tsx';
import { Palette } from './palette.tsx';
import { SettingsDialog } from './settings-dialog.tsx';

interface Props {
  readonly dialog: Dialog | undefined;
  /** What is looked for in it at first. */
  readonly words: string;
  readonly onClose: () => void;
}

/** What lies over the chat, where something does. */
export function Dialogs({ dialog, words, onClose }: Props) {
  switch (dialog) {
    case undefined:
      return null;
    case 'palette':
      return <Palette onClose={onClose} />;
    case 'help':
      return <Help onClose={onClose} />;
    case 'settings':
      return <SettingsDialog onClose={onClose} />;
    case 'create':
      return <CreateRoom onClose={onClose} />;
    case 'rooms':
      return <Browse words={words} onClose={onClose} />;
  }
}
