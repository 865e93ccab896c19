import { writeFileSync } from 'node:fs';
import { wireSchema } from '../src/protocol/schema.ts';

const file = new URL('../src/protocol/schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(wireSchema, null, 2)}\n`);
