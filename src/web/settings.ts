import { type Theme, themes } from '../chat/slash.ts';
import type { Store } from '../client/index.ts';
import { Cell } from './cell.ts';
import { kept } from './kept.ts';

export const densities = ['cosy', 'compact'] as const;
export const clocks = ['auto', '12', '24'] as const;
export const noticeKinds = ['off', 'mentions', 'all'] as const;

export interface Settings {
  readonly theme: Theme;
  readonly density: (typeof densities)[number];
  readonly clock: (typeof clocks)[number];
  /** What is worth a notification while nobody looks. */
  readonly notices: (typeof noticeKinds)[number];
  readonly showMembers: boolean;
}

const KEY = 'chinwag.settings';

const cell = new Cell<Settings>(read(kept.get(KEY)));

/** How this person wants it, in this browser. All tabs share it. */
export const settings: Store<Settings> = cell;

export function change(changes: Partial<Settings>): void {
  cell.set({ ...cell.get(), ...changes });
  kept.set(KEY, JSON.stringify(cell.get()));
  apply();
}

/** Shows the settings in the page, now and when another tab changes them. */
export function followSettings(): void {
  apply();
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEY) return;
    cell.set(read(newValue ?? undefined));
    apply();
  });
}

function apply(): void {
  const { theme, density } = cell.get();
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = density;
}

/** What was stored, as far as it makes sense. */
function read(stored: string | undefined): Settings {
  const found = parsed(stored);
  return {
    theme: oneOf(themes, found.theme) ?? 'auto',
    density: oneOf(densities, found.density) ?? 'cosy',
    clock: oneOf(clocks, found.clock) ?? 'auto',
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
