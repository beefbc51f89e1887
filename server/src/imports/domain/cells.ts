/** Decides what a cell's text means as a number, a date or a short text, and says what is wrong with it. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CellProblem, TableRow } from './import-table.js';

interface Range {
  readonly min: number;
  readonly max: number;
  /** Said behind the number, e.g. "W". */
  readonly unit?: string;
}

/**
 * Reads the cells of one row and remembers everything that is wrong with it. An empty cell is null: whether it may be
 * empty was asked before, by the column.
 */
export class Cells {
  readonly problems: CellProblem[] = [];

  constructor(private readonly row: TableRow) {}

  /** '' is null. */
  text(key: string, charsMax: number): string | null {
    const written = this.written(key);
    if (written === null) return null;
    if (written.length > charsMax)
      this.tell(
        key,
        say(
          `最多 ${charsMax} 个字符（现有 ${written.length} 个）`,
          `may hold ${charsMax} characters at most, not ${written.length}`,
        ),
      );
    return written;
  }

  /** Text of a given form; `rule` says the form to a person. */
  matching(key: string, form: RegExp, rule: Bilingual): string | null {
    const written = this.written(key);
    if (written !== null && !form.test(written)) this.tell(key, rule);
    return written;
  }

  /** One of the column's choices, which the table's reader has made sure of. */
  choice<T extends string>(key: string): T | null {
    return this.written(key) as T | null;
  }

  whole(key: string, range: Range): number | null {
    return this.number(key, range, /^[+-]?\d{1,15}$/, say('整数', 'a whole number'));
  }

  /** With at most so many digits behind the point. */
  decimal(key: string, digits: number, range: Range): number | null {
    const form = new RegExp(`^[+-]?\\d{1,12}(\\.\\d{1,${digits}})?$`);
    return this.number(key, range, form, say(`最多 ${digits} 位小数的数`, `a number with at most ${digits} decimals`));
  }

  /** A multiple of `step`, e.g. 0.5 for half rack units: as a whole number of steps. */
  steps(key: string, step: number, range: Range): number | null {
    const value = this.number(key, range, /^[+-]?\d{1,12}(\.\d{1,6})?$/, say('数', 'a number'));
    if (value === null) return null;
    const steps = value / step;
    if (!Number.isInteger(steps)) {
      this.tell(key, say(`必须是 ${step} 的整数倍`, `must be a multiple of ${step}`));
      return null;
    }
    return steps;
  }

  /** 2026-11-24, also as 2026/11/24, 2026.11.24 or 2026年11月24日. */
  date(key: string): string | null {
    const written = this.written(key);
    if (written === null) return null;
    const parts = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/.exec(written);
    const day = parts && isoDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (!day)
      this.tell(key, say(`“${written}”不是日期，请写成 2026-11-24`, `"${written}" is no date; write 2026-11-24`));
    return day ?? null;
  }

  tell(key: string | null, message: Bilingual): void {
    this.problems.push({ column: key, message });
  }

  private number(key: string, { min, max, unit = '' }: Range, form: RegExp, kind: Bilingual): number | null {
    const written = this.written(key);
    if (written === null) return null;
    const value = Number(written);
    if (form.test(written) && value >= min && value <= max) return value;
    this.tell(
      key,
      say(
        `“${written}”不合要求：须为 ${min} 到 ${max}${unit} 之间的${kind.zh}`,
        `"${written}" is not ${kind.en} from ${min} to ${max}${unit === '' ? '' : ` ${unit}`}`,
      ),
    );
    return null;
  }

  private written(key: string): string | null {
    const text = this.row.cells[key] ?? '';
    return text === '' ? null : text;
  }
}

function isoDay(year: number, month: number, day: number): string | undefined {
  const time = new Date(Date.UTC(year, month - 1, day));
  const exists = time.getUTCFullYear() === year && time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  return exists ? time.toISOString().slice(0, 10) : undefined;
}
