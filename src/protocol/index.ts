/** The wire: what clients and servers say to each other. Knows nothing else. */
export * from './close.ts';
export { checkCommand, type Decoded, decodeCommand } from './codec.ts';
export * from './commands.ts';
export * from './errors.ts';
export * from './events.ts';
export { framed, payload, textFrame } from './frame.ts';
export * from './limits.ts';
export { mentions } from './mention.ts';
export * from './replies.ts';
export { wireSchema } from './schema.ts';
