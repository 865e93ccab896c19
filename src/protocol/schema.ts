import { commandSchemas } from './commands.ts';
import { ServerEvent } from './events.ts';
import { ErrorFrame, replySchemas } from './replies.ts';

/** The whole wire as one JSON Schema document, for other languages. */
export const wireSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'chinwag protocol, version 1',
  $defs: {
    command: { description: 'client to server', anyOf: Object.values(commandSchemas) },
    event: { description: 'server to client, unasked', ...ServerEvent },
    error: { description: 'server to client, to any command', ...ErrorFrame },
    reply: {
      description: 'server to client, by the command that it answers',
      type: 'object',
      properties: replySchemas,
    },
  },
} as const;
