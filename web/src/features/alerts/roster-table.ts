import { exactTime, shanghaiIso } from '../../lib/time';

/** One line of a table that was pasted: center, role, person, from, to; by tabs, commas or semicolons. */
export type PastedRow = { centerId: string; role: DutyRoleName; userId: string; from: string; to: string };
export type DutyRoleName = 'ENGINEER' | 'BACKUP' | 'LEADER';
export type PastedFault = { line: number; what: 'columns' | 'center' | 'role' | 'person' | 'time' };

type Known = {
  centers: readonly { id: string; name: string }[];
  people: readonly { userId: string; name: string }[];
  roles: readonly { role: DutyRoleName; words: readonly string[] }[];
};

const COLUMNS = 5;
const DAY_MS = 86_400_000;

/** Reads what was pasted from a spreadsheet; the first line may be its head. `lines` are those of the rows, counted from 1. */
export function readRoster(text: string, known: Known): { rows: PastedRow[]; lines: number[]; faults: PastedFault[] } {
  const rows: PastedRow[] = [];
  const lines: number[] = [];
  const faults: PastedFault[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const cells = line.split(/\t|,|;|，|；/).map((cell) => cell.trim());
    if (at === 0 && cells.length >= COLUMNS && timeOf(cells[3] ?? '') === null) continue;
    const fault = (what: PastedFault['what']) => faults.push({ line: at + 1, what });
    if (cells.length < COLUMNS) {
      fault('columns');
      continue;
    }
    const [centerName, roleWord, personName, fromText, toText] = cells;
    const center = known.centers.find(({ name }) => name === centerName);
    const role = known.roles.find(({ words }) => words.includes(roleWord ?? ''));
    const people = known.people.filter(({ name }) => name === personName);
    const [from, to] = [timeOf(fromText ?? ''), timeOf(toText ?? '')];
    const [person] = people;
    if (!center) fault('center');
    if (!role) fault('role');
    // Two of one name: whoever is meant has to be chosen by hand.
    if (!person || people.length > 1) fault('person');
    if (from === null || to === null) fault('time');
    if (center && role && person && people.length === 1 && from !== null && to !== null) {
      rows.push({ centerId: center.id, role: role.role, userId: person.userId, from, to });
      lines.push(at + 1);
    }
  }
  return { rows, lines, faults };
}

/** "2026-12-01 08:00", "2026/12/1 8:00" of Shanghai; null = none. */
export function timeOf(text: string): string | null {
  const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute] = found;
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0');
  return shanghaiIso(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}`);
}

/** Days of Shanghai, "YYYY-MM-DD", from the first on. */
export function daysFrom(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, n) => new Date(start + n * DAY_MS).toISOString().slice(0, 10));
}

/** Whether some of the shift falls on the day. */
export function isOnDay(shift: { from: string; to: string }, day: string): boolean {
  const from = Date.parse(`${day}T00:00:00+08:00`);
  return Date.parse(shift.from) < from + DAY_MS && Date.parse(shift.to) > from;
}

/** The hours that it has of the day, e.g. "08:00–24:00". */
export function hoursOnDay(shift: { from: string; to: string }, day: string): string {
  const clock = (iso: string) => exactTime(iso).slice(11, 16);
  const from = exactTime(shift.from).slice(0, 10) < day ? '00:00' : clock(shift.from);
  const to = exactTime(shift.to).slice(0, 10) > day ? '24:00' : clock(shift.to);
  return `${from}–${to}`;
}
