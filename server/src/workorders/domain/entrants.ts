/** Decides what is written down of people who enter a machine room: enough to check at the door, and no more. */
import { say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

export interface Entrant {
  readonly name: string;
  /** The last four of the paper that is shown at the door; the whole number is never kept. */
  readonly idLastFour: string;
  readonly vendor: string;
}

export const ENTRANTS_MAX = 30;
const NAME_MAX = 40;
const VENDOR_MAX = 60;
const LAST_FOUR = /^\d{3}[\dX]$/;

export function checkEntrants(entrants: readonly Entrant[], escort: string | null, needed: boolean): InvalidInput[] {
  const found: InvalidInput[] = [];
  const wrong = (path: readonly string[], rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path, rule, message: say(zh, en) });
  if (needed && entrants.length === 0)
    wrong(['entrants'], 'required', '至少登记一名入室人员', 'Name one person at least');
  if (entrants.length > ENTRANTS_MAX)
    wrong(['entrants'], 'count', `一次最多 ${ENTRANTS_MAX} 人`, `At most ${ENTRANTS_MAX} people at a time`);
  for (const [at, { name, idLastFour, vendor }] of entrants.entries()) {
    const path = (field: string) => ['entrants', String(at), field];
    if (name.trim() === '' || name.length > NAME_MAX)
      wrong(path('name'), 'length', `姓名须为 1 至 ${NAME_MAX} 字`, `A name of 1 to ${NAME_MAX} characters`);
    if (!LAST_FOUR.test(idLastFour))
      wrong(
        path('idLastFour'),
        'lastFour',
        '只填证件号后四位（数字，末位可为 X）',
        'Only the last four of the paper’s number (digits, the last may be X)',
      );
    if (vendor.trim() === '' || vendor.length > VENDOR_MAX)
      wrong(path('vendor'), 'length', `单位须为 1 至 ${VENDOR_MAX} 字`, `A company of 1 to ${VENDOR_MAX} characters`);
  }
  if (needed && (escort === null || escort.trim() === ''))
    wrong(['escort'], 'required', '请填写陪同人', 'Name the escort');
  if (escort !== null && escort.length > NAME_MAX)
    wrong(['escort'], 'length', `陪同人最多 ${NAME_MAX} 字`, `An escort’s name has at most ${NAME_MAX} characters`);
  return found;
}
