/**
 * The wire: what clients and servers say to each other. Knows nothing else. The schemas
 * themselves are in `schema.json`; what is imported here starts without building them.
 */
export * from './close.ts';
export { checkCommand, type Decoded, decodeCommand } from './codec.ts';
export type * from './commands.ts';
export * from './errors.ts';
export type * from './events.ts';
export { framed, payload, textFrame } from './frame.ts';
export * from './limits.ts';
export { mentions } from './mention.ts';
export type * from './replies.ts';
export * from './roles.ts';
