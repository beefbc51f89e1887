/** Decides whether one typed field is well-formed; gathers what is wrong, so that a form hears of everything at once. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';

/** Codes are read out on the phone and printed: upper case, digits, hyphens. */
const CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;
const PHONE = /^\+?[0-9][0-9 -]{4,19}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Before that no such number was given out; after that it is a slip of the keyboard. */
const EARLIEST_DATE = '1990-01-01';
const LATEST_DATE = '2099-12-31';

export function isCalendarDate(text: string): text is CalendarDate {
  if (!DATE.test(text) || text < EARLIEST_DATE || text > LATEST_DATE) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === text;
}

export class FieldChecks {
  readonly refusals: Refusal[] = [];

  constructor(private readonly at: readonly string[] = ['content']) {}

  refuse(field: string | readonly string[], rule: string, message: Bilingual): void {
    this.refusals.push({ code: 'INVALID_INPUT', path: [...this.at, ...[field].flat()], rule, message });
  }

  code(field: string, value: string): void {
    if (!CODE.test(value))
      this.refuse(
        field,
        'code',
        say(
          '编号为 2 至 40 位大写字母、数字和连字符',
          'A code is 2 to 40 upper-case letters, digits and hyphens, beginning with a letter or digit',
        ),
      );
  }

  /** A text that must be there. */
  text(field: string | readonly string[], value: string, lengthMax: number): void {
    const length = value.trim().length;
    if (length === 0 || length > lengthMax)
      this.refuse(field, 'length', say(`请填写，最多 ${lengthMax} 字`, `Required, ${lengthMax} characters at most`));
  }

  /** A text that may be missing. */
  optionalText(field: string | readonly string[], value: string | null, lengthMax: number): void {
    if ((value?.trim().length ?? 0) > lengthMax)
      this.refuse(field, 'length', say(`最多 ${lengthMax} 字`, `${lengthMax} characters at most`));
  }

  matching(field: string, value: string | null, pattern: RegExp, rule: string, message: Bilingual): void {
    if (value !== null && !pattern.test(value)) this.refuse(field, rule, message);
  }

  date(field: string, value: string | null): void {
    if (value !== null && !isCalendarDate(value))
      this.refuse(field, 'date', say('日期格式应为 2026-01-31', 'A date is written 2026-01-31'));
  }

  /** A day that something was done on cannot lie ahead. */
  pastDate(field: string, value: string | null, today: CalendarDate): void {
    this.date(field, value);
    if (value !== null && isCalendarDate(value) && value > today)
      this.refuse(field, 'past', say('不能晚于今天', 'It cannot be later than today'));
  }

  /** Either all of the fields are given or none. */
  together(fields: { readonly [name: string]: string | null }, message: Bilingual): void {
    const given = Object.values(fields).filter((value) => value !== null).length;
    if (given === 0 || given === Object.keys(fields).length) return;
    for (const [name, value] of Object.entries(fields)) if (value === null) this.refuse(name, 'together', message);
  }

  wholeNumber(field: string, value: number | null, min: number, max: number): void {
    if (value !== null && (!Number.isInteger(value) || value < min || value > max))
      this.refuse(field, 'range', say(`为 ${min} 至 ${max} 的整数`, `A whole number from ${min} to ${max}`));
  }

  phone(field: string | readonly string[], value: string): void {
    if (!PHONE.test(value.trim()))
      this.refuse(
        field,
        'phone',
        say('电话为 5 至 20 位数字，可含空格、连字符', 'A phone number has 5 to 20 digits, spaces or hyphens'),
      );
  }
}

/** What was typed, without blanks around it; nothing typed = null. */
export function typed(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}
