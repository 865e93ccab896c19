import manifest from '../../package.json' with { type: 'json' };

/** What the server says of itself. */
export const about = { name: manifest.name, version: manifest.version } as const;
