// The province keeps one calendar, Asia/Shanghai, wherever the browser stands.
const ZONE = 'Asia/Shanghai';

const fields = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function fieldsOf(at: Date): Record<string, string> {
  return Object.fromEntries(fields.formatToParts(at).map((part) => [part.type, part.value]));
}

/** 2026-11-24 08:32:10, in Asia/Shanghai. */
export function exactTime(iso: string): string {
  const { year, month, day, hour, minute, second } = fieldsOf(new Date(iso));
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The day before one, as a calendar writes it: the last of a time that is kept with the first day after it. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
}

const JUST_NOW = { zh: '刚刚', en: 'just now' } as const;

/** "3 分钟前" within a week, else the date: what a reader compares at a glance. The exact time stands in the tooltip. */
export function readableTime(iso: string, now: number, locale: string): string {
  const distance = new Date(iso).getTime() - now;
  const size = Math.abs(distance);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  // "现在" and "now" are said of what is to come; of what has just happened nobody says so.
  if (size < MINUTE)
    return distance > 0 ? relative.format(0, 'second') : JUST_NOW[locale.startsWith('zh') ? 'zh' : 'en'];
  if (size < HOUR) return relative.format(Math.trunc(distance / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.trunc(distance / HOUR), 'hour');
  if (size < 7 * DAY) return relative.format(Math.trunc(distance / DAY), 'day');
  return exactTime(iso).slice(0, 10);
}

export type Span = { days: number; hours: number; minutes: number };

/** How long something has lasted; never negative, because clocks of two machines differ. */
export function spanBetween(from: string, until: number): Span {
  const size = Math.max(0, until - new Date(from).getTime());
  return {
    days: Math.floor(size / DAY),
    hours: Math.floor((size % DAY) / HOUR),
    minutes: Math.floor((size % HOUR) / MINUTE),
  };
}

/** What a control for a time holds is Shanghai's, wherever the browser stands; null = it is empty or no time. */
export function shanghaiIso(local: string): string | null {
  const at = new Date(`${local}:00+08:00`);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The same the other way. */
export function shanghaiInput(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16);
}
