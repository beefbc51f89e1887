import { ADDED_MAX } from '../approvals/domain/round.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export function unfit(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['personId'],
    message: say(
      '只能选择可以办理本环节、且未经手过本流程的在用账号',
      'Choose an open account that may decide this and has had no part in the chain yet',
    ),
  };
}

export function tooMany(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'ADDED_MAX',
    message: say(`一张申请单最多加签 ${ADDED_MAX} 人`, `At most ${ADDED_MAX} are added to one round`),
  };
}

export function remindedAlready(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'REMINDED',
    message: say('本工作日已催办过，每个环节每个工作日催办一次', 'Reminded already: once a working day for each step'),
  };
}
