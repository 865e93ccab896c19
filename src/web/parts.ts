import { later } from './later.ts';

/** Reads messages. Nothing is shown of a room before it is there. */
export const markdown = later(() => import('../chat/markdown.ts'));

/** Palette, settings and the like. */
export const dialogs = later(() => import('./dialogs/dialogs.tsx'));
