import type { CalendarDayKind } from '../../graphql/enums';

type Day = { day: string; kind: CalendarDayKind; name: string };
export type Run = { from: string; to: string; kind: CalendarDayKind; name: string };

const DAY_MS = 24 * 60 * 60_000;
const next = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** Days that follow each other and are called the same, as one line: nine lines of one festival tell less. */
export function runsOf(days: readonly Day[]): Run[] {
  const runs: Run[] = [];
  for (const { day, kind, name } of [...days].sort((one, other) => one.day.localeCompare(other.day))) {
    const last = runs.at(-1);
    if (last && next(last.to) === day && last.kind === kind && last.name === name) last.to = day;
    else runs.push({ from: day, to: day, kind, name });
  }
  return runs;
}
