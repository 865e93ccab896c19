import { hue } from '../../chat/hue.ts';
import { strip } from '../../chat/strip.ts';

/** So many colours of people there are in the style sheet. */
const COLOURS = 12;

/** The class that gives a person their colour, the same everywhere. */
export function colourOf(name: string): string {
  return `person-${Math.floor((hue(name) * COLOURS) / 360)}`;
}

/** A person as a coloured circle. Their name stands beside it: it says nothing by itself. */
export function Avatar({ name }: { readonly name: string }) {
  const [initial = '?'] = strip(name);
  return (
    <span class={`avatar ${colourOf(name)}`} aria-hidden="true">
      {initial.toUpperCase()}
    </span>
  );
}
