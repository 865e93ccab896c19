import { commandSchemas } from './commands.ts';
import { ServerEvent } from './events.ts';
import { ErrorFrame, replySchemas } from './replies.ts';

/**
 * The whole wire as one JSON Schema document, for other languages and for the codec.
 * `npm run schema` writes it to `schema.json` beside this file.
 */
export const wireSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'chinwag protocol, version 1',
  commands: commandSchemas,
  replies: replySchemas,
  error: ErrorFrame,
  event: ServerEvent,
} as const;
