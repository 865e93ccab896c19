import type { Formatter } from '../../chat/format.ts';

export function DayDivider({ at, formatter }: { at: number; formatter: Formatter }) {
  return (
    <div class="divider day">
      <time dateTime={formatter.dayKey(at)}>{formatter.day(at, Date.now())}</time>
    </div>
  );
}
