import { readFileSync } from 'node:fs';
import { writeWhole } from './write-whole.ts';

/** What each setting may be; the first is what it is when nobody said anything. */
export const choices = {
  /** Which colours: those that suit the terminal's background, or these. */
  theme: ['auto', 'light', 'dark'],
  /** How times are written. */
  time: ['24h', '12h'],
  /** The list of rooms, where the screen is wide enough. */
  rooms: ['shown', 'hidden'],
  /** The list of people, where the screen is wide enough. */
  members: ['shown', 'hidden'],
  /** When the terminal's bell rings. */
  bell: ['mentions', 'all', 'off'],
} as const;

export type SettingName = keyof typeof choices;
export type Settings = { readonly [K in SettingName]: (typeof choices)[K][number] };

export const usualSettings: Settings = {
  theme: choices.theme[0],
  time: choices.time[0],
  rooms: choices.rooms[0],
  members: choices.members[0],
  bell: choices.bell[0],
};

/** Settings that make no sense. The message says which, and what would. */
export class BadSettings extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadSettings';
  }
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(choices, name);
}

/** The settings with one of them changed. Throws `BadSettings`. */
export function withSetting(settings: Settings, name: string, value: unknown): Settings {
  if (!isSettingName(name)) {
    const known = Object.keys(choices).join(', ');
    throw new BadSettings(`there is no setting "${name}"; there are ${known}`);
  }
  if (!choices[name].some((choice) => choice === value)) {
    const written = JSON.stringify(value) ?? 'nothing';
    throw new BadSettings(`${name} can be ${choices[name].join(', ')}, not ${written}`);
  }
  return { ...settings, [name]: value };
}

/** What a file of settings says. Throws `BadSettings`. */
export function settingsOf(content: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new BadSettings('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadSettings('it is no JSON object');
  }
  return Object.entries(value).reduce<Settings>(
    (settings, [name, choice]) => withSetting(settings, name, choice),
    usualSettings,
  );
}

/** A file of settings. One that makes no sense is left as it is, and never written over. */
export class SettingsFile {
  readonly #file: string;
  #bad: string | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The settings, and where the file makes no sense, what is wrong with it and what to do. */
  read(): { readonly settings: Settings; readonly bad: string | undefined } {
    try {
      return { settings: settingsOf(readFileSync(this.#file, 'utf8')), bad: undefined };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if ('code' in error && error.code === 'ENOENT') {
        return { settings: usualSettings, bad: undefined };
      }
      this.#bad = `${this.#file} is not used: ${error.message}; mend or remove it`;
      return { settings: usualSettings, bad: this.#bad };
    }
  }

  /** Keeps the settings. Rejects with `BadSettings` where that would write over a bad file. */
  async write(settings: Settings): Promise<void> {
    if (this.#bad !== undefined) throw new BadSettings(this.#bad);
    await writeWhole(this.#file, `${JSON.stringify(settings, null, 2)}\n`);
  }
}
