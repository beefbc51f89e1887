/** Decides in which words the end of a year, or a rule for it, is refused. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

export function endOfProvince(): Refusal {
  return notPermitted(
    'LEVEL_OF_PROVINCE',
    '年终处理由省财政办理',
    'The end of a year is the province’s finance office’s',
  );
}
export function notOver(year: number): Refusal {
  return notPermitted('YEAR_NOT_OVER', `${year} 年尚未结束`, `${year} is not over yet`);
}
export function endedAlready(year: number): Refusal {
  return notPermitted('YEAR_ENDED', `${year} 年已办理年终处理`, `${year} was brought to its end already`);
}
export function notAllSpent(month: string): Refusal {
  return notPermitted(
    'MONTHS_OPEN',
    `${month} 尚未结账列支，全年结账后再办理年终处理`,
    `${month} is not closed yet: end the year once all its months are`,
  );
}
export function notThatYear(): Refusal {
  return notPermitted(
    'YEAR_ENDED',
    '该年度已办理年终处理，请从之后的年度起设定',
    'That year was brought to its end: set it from a later one on',
  );
}
export function noReason(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['reason'],
    rule: 'length',
    message: say('请填写依据，1 至 200 个字', 'Give a reason in 1 to 200 characters'),
  };
}
function notPermitted(reason: string, zh: string, en: string): Refusal {
  return { code: 'NOT_PERMITTED', path: ['year'], reason, message: say(zh, en) };
}
