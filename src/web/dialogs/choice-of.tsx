interface Props<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly names: Readonly<Record<T, string>>;
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** One of a few values, all of them in sight. */
export function ChoiceOf<T extends string>({ label, values, names, chosen, onChoose }: Props<T>) {
  return (
    <fieldset class="choice-of">
      <legend>{label}</legend>
      {values.map((value) => (
        <label key={value}>
          <input
            type="radio"
            name={label}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          <span>{names[value]}</span>
        </label>
      ))}
    </fieldset>
  );
}
