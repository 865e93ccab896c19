import { type Theme, themes } from '../chat/slash.ts';
import type { Store } from '../client/index.ts';
import { Cell } from './cell.ts';
import { kept } from './kept.ts';
import { strings } from './strings.ts';

export const densities = ['cosy', 'compact'] as const;
export const times = ['auto', '24h', '12h'] as const;
export const noticeKinds = ['off', 'mentions', 'all'] as const;

export interface Settings {
  readonly theme: Theme;
  readonly density: (typeof densities)[number];
  readonly time: (typeof times)[number];
  /** What is worth a notification while nobody looks. */
  readonly notices: (typeof noticeKinds)[number];
  readonly showMembers: boolean;
}

const KEY = 'chinwag.settings';

/** What can be changed by a command: notifications are not, as the browser wants to be asked. */
const choices = { theme: themes, density: densities, time: times } as const;

const cell = new Cell<Settings>(settingsOf(parsed(kept.get(KEY))));

/** How this person wants it, in this browser. All tabs share it. */
export const settings: Store<Settings> = cell;

export function change(changes: Partial<Settings>): void {
  cell.set({ ...cell.get(), ...changes });
  kept.set(KEY, JSON.stringify(cell.get()));
  apply();
}

/** Changes one as `/settings theme dark` asks, and answers what to say about it. */
export function changeNamed(name: string, value: string): string {
  if (!isChoice(name)) return strings.settings.noSuch(name, Object.keys(choices));
  if (oneOf<string>(choices[name], value) === undefined) {
    return strings.settings.noneOf(name, value, choices[name]);
  }
  change(settingsOf({ ...cell.get(), [name]: value }));
  return strings.settings.changed(name, value);
}

function isChoice(name: string): name is keyof typeof choices {
  return Object.hasOwn(choices, name);
}

/** Shows the settings in the page, now and when another tab changes them. */
export function followSettings(): void {
  apply();
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEY) return;
    cell.set(settingsOf(parsed(newValue ?? undefined)));
    apply();
  });
}

function apply(): void {
  const { theme, density } = cell.get();
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = density;
}

/** What was found, as far as it makes sense. */
function settingsOf(found: Readonly<Record<string, unknown>>): Settings {
  return {
    theme: oneOf(themes, found.theme) ?? 'auto',
    density: oneOf(densities, found.density) ?? 'cosy',
    time: oneOf(times, found.time) ?? 'auto',
    notices: oneOf(noticeKinds, found.notices) ?? 'off',
    showMembers: found.showMembers !== false,
  };
}

function parsed(stored: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(stored ?? '{}');
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}

function oneOf<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}
