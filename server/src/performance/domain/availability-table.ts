/** Decides which columns the table of availability has, what a row of it says, and which reading of a month can be. */
import { type Month, spanOfMonth } from '../../accounting/domain/accounting-units.js';
import type { Cells } from '../../imports/domain/cells.js';
import type { ImportColumn } from '../../imports/domain/import-table.js';
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

export interface ReadingFacts {
  readonly month: Month;
  readonly downMinutes: number;
  readonly excusedMinutes: number;
  readonly source: string;
}

const MINUTE_MS = 60_000;
const LONGEST_MONTH_MINUTES = 44_640;
export const SOURCE_LENGTH_MAX = 200;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

const column = (key: string, zh: string, en: string, example: string, note?: ImportColumn['note']): ImportColumn => ({
  ...{ key, title: say(zh, en), example, required: true },
  ...(note ? { note } : {}),
});

export const AVAILABILITY_COLUMNS: readonly ImportColumn[] = [
  column(
    'system',
    '系统编号',
    'Catalogue number of the system',
    'SYS-0001',
    say('须已登记', 'of a system that is registered'),
  ),
  column('month', '月份', 'Month', '2026-10', say('须已结束', 'that is over')),
  column('downMinutes', '中断分钟', 'Minutes down', '45'),
  column(
    'excusedMinutes',
    '其中不计入',
    'Of them excused',
    '30',
    say('约定维护、他方原因', 'agreed maintenance, another’s fault'),
  ),
  column('source', '数据来源', 'Where it is from', '服务商月报 2026-10'),
];

export function minutesOfMonth(month: Month): number {
  const { from, to } = spanOfMonth(month);
  return (to - from) / MINUTE_MS;
}

/** null = a cell is wrong, which the cells remember. */
export function availabilityDraft(cells: Cells): (ReadingFacts & { readonly systemCode: string }) | null {
  const systemCode = cells.text('system', 64);
  const month = cells.matching('month', MONTH, say('写成 2026-10', 'write 2026-10'));
  const minutes = { min: 0, max: LONGEST_MONTH_MINUTES };
  const downMinutes = cells.whole('downMinutes', minutes);
  const excusedMinutes = cells.whole('excusedMinutes', minutes);
  const source = cells.text('source', SOURCE_LENGTH_MAX);
  if (cells.problems.length > 0 || !systemCode || !month || !source) return null;
  if (downMinutes === null || excusedMinutes === null) return null;
  return { systemCode, month, downMinutes, excusedMinutes, source };
}

/** Everything that is wrong at once; the same by hand and from a table. */
export function checkReading({ month, downMinutes, excusedMinutes, source }: ReadingFacts, now: Date): InvalidInput[] {
  const wrong: InvalidInput[] = [];
  const at = (path: string, rule: string, zh: string, en: string) =>
    wrong.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  const isMonth = MONTH.test(month);
  if (!isMonth || spanOfMonth(month).to > now.getTime())
    at('month', 'past', '请填写已结束的月份，如 2026-10', 'A month that is over, such as 2026-10');
  const most = isMonth ? minutesOfMonth(month) : 0;
  if (!Number.isInteger(downMinutes) || downMinutes < 0 || downMinutes > most)
    at('downMinutes', 'range', `须为 0 至 ${most} 的整数`, `A whole number of 0 to ${most}`);
  if (!Number.isInteger(excusedMinutes) || excusedMinutes < 0 || excusedMinutes > downMinutes)
    at('excusedMinutes', 'range', '不计入的中断不能超过中断时长', 'No more is excused than was down');
  if (source.trim() === '' || source.length > SOURCE_LENGTH_MAX)
    at(
      'source',
      'length',
      `请写明数据来源，最多 ${SOURCE_LENGTH_MAX} 字`,
      `Say where it is from, ${SOURCE_LENGTH_MAX} characters at most`,
    );
  return wrong;
}
